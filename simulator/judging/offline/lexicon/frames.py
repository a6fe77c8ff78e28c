"""Phrases that frame a sentence: whose perspective it takes, what it commits to, what it asks.

Patterns read normalised text, see `marks`.
"""

FEELING = (
    r"\b(frustrat\w+|annoy\w+|upset\w*|stress\w*|worr(y|ied|ying|ies)|anxious|anxiety|nervous|afraid|scared|scary|"
    r"fear\w*|fright\w+|"
    r"dread\w*|disappoint\w+|dishearten\w*|discourag\w+|helpless\w*|powerless|hopeless|exhaust\w+|tiring|tired|"
    r"worn out|drain\w+|"
    r"embarrass\w+|asham\w+|shame|humiliat\w+|awkward|guilt\w*|sad|sadness|grie\w+|lonely|alone|overwhelm\w+|"
    r"unsettl\w+|uneasy|"
    r"unfair|angry|anger|furious|infuriat\w+|madden\w+|mad|hurt\w*|painful|pain|miserable|unnerv\w+|alarm\w*|"
    r"panic\w*|confus\w+|"
    r"distress\w*|desperate|insult\w*|betray\w*|let down|fed up|stuck|trapped|in limbo|in the dark|ignored|"
    r"dismissed|unheard|"
    r"not (taken seriously|heard|believed)|going in circles|brushed off|passed around|pushed around|left (alone|"
    r"hanging|waiting|standing|in the)|"
    r"hard|tough|rough|horrible|awful|terrible|difficult|nightmare|burden\w*|pressure|under pressure|weigh\w*|on "
    r"edge|shaken|"
    r"doubt\w*|uncertain\w*|not knowing|unsure|insecure|lose (trust|faith|confidence|heart)|lost (trust|faith|"
    r"confidence)|trust\w*|"
    r"relie[fv]\w*|proud|pride|excit\w+|looking forward|hope\w*|careful|cautious|wary|uncomfortable|demoralis\w+|"
    r"demoraliz\w+|"
    r"sinking|stomach|lie awake|sleep\w*|nerves|unreal|absurd|ridiculous|risk\w*|risky|losing sleep|thrown|"
    r"unwelcome|daunting)\b"
)

PERSPECTIVE = (
    r"\b(must (be|feel|have|seem|mean|look|come)|it (is|must be|sounds|seems|feels|looks) (as if|as though|like)|"
    r"(sounds|seems|feels|looks) (like|as if|as though)|sounds (to me )?like|"
    r"i (can |do |could |would )?(\w+ )?(imagine|see|understand|hear|get|sense|gather|picture|appreciate|guess|"
    r"suspect|believe|wonder|think|take it)( that| how| why| if| whether)? "
    r"(you|your|it|this|that|the|what|how|why|after|with|when|losing|having|being|not|part)|i get the (sense|"
    r"feeling|impression)|i can (see|understand|imagine|hear|picture|tell) (why|how|that|what|it)|"
    r"no wonder|makes (perfect |complete |total |a lot of |every )?sense|made sense|anyone (would|in your)|"
    r"anybody would|of course you|you (have|had) every (right|reason)|you are right to|naturally you|"
    r"for you (it|this|that|the)|from (where you|your (side|point|perspective|end))|in your (place|position|shoes|"
    r"situation)|"
    r"could it be|perhaps|maybe|am i right|reading between|part of you|i may be wrong|i wonder|i am wondering|are "
    r"you (worried|afraid|concerned|nervous|anxious)|is it (more|less|partly|rather|also)|"
    r"the last thing you|you (are|were|have been|had been|feel|felt|may|might|seem|sound|must|want|wanted|need|"
    r"needed|would (like|rather|hate|love|sooner)|did not|did nothing|rely|depend|count|counted|trusted|planned|"
    r"expected|thought|hoped|prepared|worked|spent|care|carry|carried|deserve|keep|kept|end up|ended up|can not|"
    r"could not|never|only|do not|put)|"
    r"your (day|week|evening|work|time|whole|name|reputation|confidence|trust|patience|peace|plans|nerves)|"
    r"(is|are|was|were|feels|felt|gets|getting) (so |very |really |quite |even )?(frustrating|maddening|"
    r"exhausting|tiring|disheartening|unsettling|worrying|stressful|scary|upsetting|hard|difficult|unfair|"
    r"wearing))\b"
)

STRONG_PERSPECTIVE = (
    r"\b(must (be (?!ready|done|sent|made|used|in\b|at\b|on\b|by\b|able|finished|there|paid|with)|feel|have been|"
    r"have felt|seem|mean|have (?!it\b|the\b)|come)|sounds (like|as if|as though|to me)|it (sounds|seems|feels) "
    r"(like|as|to)|i (can |could |would )?(only )?(imagine|picture|sense|suspect|wonder|guess)|"
    r"i get the (sense|feeling|impression)|i can (see|understand|hear|tell) (why|how|that|what)|i (see|understand|"
    r"hear|get) (why|how|what)|i understand (that )?(you|it|this|with|after|for|when)|no wonder|makes (\w+ )?(\w+ "
    r")?(\w+ )?sense|anyone (would|in)|anybody would|"
    r"of course you|every (right|reason)|you are right (to|that)|could it be|perhaps|maybe|am i right|reading "
    r"between|part of you|i may be wrong|the last thing you|"
    r"must (make|makes|cost|wear|shake|weigh|take|leave|sit|hurt|look|sound|keep|add|drain|sting|eat|bring|put|"
    r"set|throw|knock|come)|(i would|i) guess|looks (to me )?(as if|as though|like)|(would|will) (make|leave) (me|"
    r"anyone|anybody|most|you)|i would (\w+ )?(feel|read|begin|wonder|find|hate|doubt|lose|be (\w+ )?(worried|"
    r"upset|lost|furious|tired|wary))|in your (place|position|situation)|i have the (impression|feeling|sense)|"
    r"(can|could) not (be|have been|feel) (\w+ )?(pleasant|easy|nice|fun|comfortable|reassuring)|may (well |very "
    r"well )?(be|feel)|who would not|that is (such |quite |really )?(a|an) (\w+ )?(lonely|hard|heavy|awful|"
    r"horrible|miserable|tough|bad|difficult|rotten|long|strange|worrying|frightening)|"
    r"you (feel|felt|may feel|might feel|seem|sound|rely|relied|depend|counted|are counting|were counting|trusted|"
    r"deserve)|for you (it|this|that)|feels? (as if|as though|like)|felt (as if|as though|like)|"
    r"what (makes it|weighs|worries|matters|makes you|hurts)|on top of (that|it|this|everything|all)|after (all|"
    r"everything) (that|this|you)|hardest part|worst part|it (is|was) (not|less) (just |only |so much )?(about "
    r")?)\b"
)

STAKE = (
    r"\b(matters?|important|at stake|counting on|rel(y|ies|ied) on|depend\w*|because|since you|when you|after|so "
    r"that|which means|that means|means (that )?you|in time|before|until|"
    r"with (only|just|the|a|your|no|nothing|everyone|every)|while|without|every time|again|instead|even though|"
    r"although|just when|especially|of all|to (lose|risk|explain|wait|hear|see|find|be|have|stand|watch|start|"
    r"repeat)|"
    r"having|being|losing|not knowing|if (it|you|the|that|something)|in front of|in case|might|could)\b"
)

RESTATING = (
    r"\b(so (you|your|the|it|what|that|this|in|on|before|after|since|far|if|to|both|there|as|we|from|first|for|"
    r"with|now|when|all|on)|if i (am |have |\w+ )?(follow\w*|understand|understood|read|hear|got|put|get)|(it "
    r")?sounds like|what i (hear|am hearing|understand|gather|take|read)|i (hear|gather|understand|see|take it|"
    r"read) (that|from|you|your|in|it)|"
    r"in other words|let me (check|see|make sure|repeat|recap|sum|summari[sz]e|put|play)|to (sum|recap|"
    r"summari[sz]e|make sure)|you (told|said|mentioned|wrote|describe|described|explained|are saying|mean|have "
    r"(told|said|mentioned|been|had|already|tried|a|an|the|to|lost|got|just|both|\d+|waited|written|asked|done|"
    r"sent|paid|contacted)|were|was|are|want|wanted|need|needed|would like|would rather|would sooner|had|tried|"
    r"did|paid|got|went|bought|sent|lost|updated|keep|kept|can not|could not|do not|have not|still|also|now|only|"
    r"hear|work|use|used|wait|waited|end up|ended|asked|ask|find|found)|"
    r"your (own|\w+) (\w+ )?(is|was|are|were|has|have|had|will|does|did|can|keeps?|reaches|stopped|came|comes|"
    r"went|goes|fails?|failed|trails?|crash\w*|died|no|not|never)|as i (read|understand|see|hear|take)\b|as you "
    r"(said|wrote|described|mentioned|told)|reading your|from what you|meaning (that )?you|basically you|"
    r"(the|your|its|his|her|their|each|every|this|that|it|they|nothing|everything|which) (\w+ ){0,4}(has|have|had|"
    r"was|were|did|does|is|keeps?|kept|stopped|started|came|went|failed|fails|arrived|changed|broke|disappeared|"
    r"vanished|crash\w*|says?|said|shows?|showed))\b"
)

STRONG_RESTATING = (
    r"\b(^so (?!sorry)|if i (am |have |\w+ )?(follow\w*|understand|understood|read|hear|got|put|get)|sounds like|"
    r"what i (hear|am hearing|understand|gather|take)|i (hear|gather|understand|take it) (that|from|you)|in other "
    r"words|"
    r"let me (just )?(check|make sure|repeat|recap|sum|summari[sz]e|put (it|that|this|what|your)|play|see if|say|"
    r"read|give|echo)|to (sum up|recap|summari[sz]e|make sure)|you (told|said|mentioned|wrote|describe|described|"
    r"explained|are saying|mean)|as i (read|understand|see|hear|take)\b|as you (said|wrote|described|mentioned|"
    r"told)|"
    r"from what you|meaning (that )?you|basically you|reading your|you (are|were) left|i hear you|what you (are|"
    r"were) (saying|telling|describing|after))\b"
)

COMMITMENT = (
    r"\b((i|we) (will|can|could|shall|may|might be able to|would|am going to|are going to|am able to|are able to|"
    r"would (like|love|be happy|be glad) to|have (just |now |already |also |gone ahead and )*(?!read|seen|looked|"
    r"notic|understood|your|the|to|you|been|heard|a |an |no|not|had|tried|got|both|open|it )\w+|want to|plan to|"
    r"am (now |also |just )?((?!having|being|seeing|hearing|wondering|reading|getting|trying|understanding|"
    r"thinking|missing|guessing|feeling|asking|sensing|imagining|picking|learning|gathering|following|looking at|"
    r"working with|speaking|talking|writing to)\w+ing|happy|glad)|are (sending|booking|adding|refunding|ordering|"
    r"putting|setting|giving|happy|glad|going|able))"
    r"|let me(?! (just )?(check (that |if )?(i|we|that)|make sure|repeat|recap|sum|summar|put (it|that|this|what)|"
    r"say|see if i|play|read (it|that|this) back|give (it|that|this|you) back|echo))|let us|here (is|are) (how|"
    r"what|the|a|my|your|an|our|two|2|3|three|some)|would it help|would you like|would a|how about|what about|"
    r"shall (i|we)|should i|can i|may i|could i|do you want me|you (can|could|may|might|will (get|receive|have|"
    r"find|be able))|"
    r"i (suggest|recommend|propose|offer|advise|refund|send|book|order|add|give|set|put|credit|decide|stay|ring|"
    r"call|write|pair|cancel|replace|reverse|attach|enclose|approve)(?! \w*(ed|ing)\b)|\bi (now |also |then |"
    r"personally |can )?(?!see|saw|hear|heard|understand|know|knew|think|thought|imagine|feel|felt|read|get|got|"
    r"guess|believe|wonder|hope|appreciate|find|found|want|wanted|need|have|had|may|might|must|am|was|do|did|"
    r"sense|realize|mean|meant|would|could|should|gather|picture|notice|noticed|like|love|hate|missed|remember|"
    r"took|asked|ask|take it|trust|assume|suppose|suspect|say|said|agree|miss|follow|share)\w+ (it|the|you|your|"
    r"both|that|this|a|an|them|all|any|everything|for|by|into|out|one|2|on)\b|we (offer|suggest|recommend|refund|"
    r"send|pair|set|give|put|do|start|replace|cover|look|test|add)|my (plan|suggestion|proposal|offer)|(is|are|"
    r"has been|have been|was|were) (now |already |all )?(booked|refunded|sent|on its way|on the way|reserved|"
    r"credited|approved|ordered|arranged|issued|scheduled|processed|added|attached|enclosed|extended|waived|"
    r"escalated|reported)|"
    r"(the )?best (thing|way|option|plan)|feel free|happy to|glad to|please (find|see|try|follow|check|read|visit|"
    r"refer|have|take|use|go|open|set|restart|look|watch)|as a (gesture|goodwill|thank)|on us|free of charge|"
    r"would (fit|suit|be|cover|work)|"
    r"(comes?|goes|leaves?|arrives?|starts?) (\w+ ){0,2}(today|tomorrow|tonight|by|on|this))\b"
)

NO_COMMITMENT = (
    r"\b((i|we) (can|could) (see|understand|hear|imagine|tell|feel|picture|appreciate|only imagine|guess|relate)|"
    r"(i|we) (will|would) (understand|feel|be upset|hate|want)|you (can|could) (imagine|see that|tell)|i would "
    r"(be|feel|imagine|guess|think|say) |"
    r"(i|we) can only)\b"
)

REFUSAL = (
    r"\b((i|we) (am |are |can |could |will |would |do |may |was |have )?(sorry |afraid )?(but )?(\w+ )?(can not|"
    r"could not|will not|do not|would not|am not|are not|not|never|unable|cannot)|you (can|could|may|will) not|"
    r"not (able|possible|allowed|available|eligible|included|entitled|covered|in a position)|unable to|"
    r"unfortunately|impossible|"
    r"no (refund|longer|way|possibility|option|exception)s?|(is|are|was|has|have) not|refuse\w*|den(y|ied)|"
    r"declin\w*|against (our )?policy|instead of)\b"
)

IMPERATIVE = (
    r"^(please |kindly |first |then |next |now |just |simply |and |also |so |okay |step \d+ |\d+ )*(set|go|open|"
    r"click|restart|reset|turn|switch|put|follow|read|look|see|take|check|press|try|use|install|reinstall|"
    r"uninstall|update|download|delete|clear|log|sign|enter|unplug|plug|reboot|disconnect|remove|visit|select|"
    r"choose|tap|change|contact|call|send|pause|lower|wait|hold|charge|ensure|make sure)\b"
)
"""A sentence that tells the customer what to do."""

FIX_TALK = (
    r"\b(restart|reset|reboot|reinstall|uninstall|clear (your|the) (cache|cookies|history)|turn (it|them|your "
    r"\w+) off|switch (it|them) off|log (out|in|back)|sign (out|back)|update your|unplug|refund|replacement|"
    r"replace|voucher|discount|credit|coupon|compensat\w+|gift card|send you (a|the) (new|link|replacement)|book "
    r"(you|a)|cancel (it|your|the)|escalate|transfer you|forward|follow (these|the) (steps|instructions|link))\b"
)
"""Talk of solutions in any scenario."""

NEXT_STEP_WHEN = (
    r"\b(today|tonight|tomorrow|this (morning|afternoon|evening|week)|(by|on|before|until|at|from|next|every|"
    r"coming|this) (the )?(monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|midday|end of|close|\d+|"
    r"half|quarter|then|next)|within (the )?(next )?(\w+ )?(\d+|an|a|one|two|three|four|five|ten|few)? ?(minute|"
    r"hour|day|week|working|business)\w*|in (the next |about |around )?(\d+|an|a|one|two|three|four|five|ten|"
    r"twenty|a few|half an) (minute|hour|day|week)\w*|right (now|away)|straight (away|after)|immediately|at once|"
    r"as soon as|first thing|\d+ (oclock|am|pm|minutes|hours)|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday|after that|then i|first i|afterwards)\b"
)

SOLVING = (
    r"\b(i will|we will|i can|we can|let me|i would like to|i am going to|i have (just|now|already)|you (can|"
    r"could|should|need to|have to|must)|please (try|restart|check|follow|go|open|click|use))\b"
)

NEGATED = (
    r"\b((do not|no need to|nothing to|not to|need not|not have to|never|no reason to|without having to|stop|not "
    r"need to|does not need to)( \w+)? (worry|be (\w+ )?(worried|afraid|concerned|nervous|anxious|embarrassed|"
    r"scared|ashamed)|fear|panic|stress|feel (\w+ )?(bad|guilty|ashamed|embarrassed))( about)?( \w+){0,4}|"
    r"(no|not any|without any|nothing|no unexpected|never any) (worries|worry|stress|problem|shame)|not your "
    r"fault|(there is|there are|you have) no (reason|need|cause)( \w+){0,6}|no (surprise|surprises|unexpected|"
    r"extra|hidden)( \w+){0,2})\b"
)
"""Words that take a worry away instead of naming it."""

CLAIMS_WORRY = (
    r"\b(you (are|were|seem|sound|feel|look|may be|might be|must be|could be|may feel|might feel|must feel|have)( "
    r"\w+){0,2} (worried|afraid|scared|nervous|anxious|concerned|frightened|fearful|ashamed|embarrassed|upset|"
    r"angry|unhappy|annoyed|frustrated|stressed|disappointed|sad|furious|thinking of leaving)|(are|were) you( "
    r"\w+){0,2} (worried|afraid|scared|nervous|anxious|concerned|frightened|ashamed|embarrassed)|you( \w+){0,2} "
    r"(worry|fear|dread)|your (\w+ )?(worry|fear|concern) (is|about|that|of)|"
    r"(worried|afraid|scared|nervous|anxious|concerned) (that|about|of|because)|(sounds|seems|feels) like( "
    r"\w+){0,3} (worried|afraid|scared|nervous|anxious|concerned|worry|fear))\b"
)

TELLS_TO = (
    r"\b(you (really |just |will |would |simply |first )*(need|have|ought|are required|are advised) to (contact|"
    r"call|speak|talk|write|go|use|try|check|read|wait|reach|restart|update|install|send|fill|log|follow|visit|"
    r"open|enter|submit|provide|ask|be patient)|"
    r"you (should|must) (?!be\b|feel|have|not have|find|think|wonder))\b"
)
"""Tells the customer what they have to do."""

GUESSING = (
    r"\b(sounds? (like|as|to me)|seems? (like|as|to me|that)|looks like|i (\w+ )?(imagine|suspect|guess|sense|"
    r"wonder|gather|get the)|i have (the|a) (\w+ )?(impression|feeling|sense|hunch)|maybe|perhaps|could it|"
    r"might it|is it (possible|that|more|less|the|because)|reading between|my (guess|feeling|impression|hunch|"
    r"sense)|must (be|feel|dread|fear|hurt|weigh)|you (really |just |may |might |must |probably |would |"
    r"perhaps )*(are (\w+ )?(worried|afraid|scared|frightened|nervous|anxious|ashamed|embarrassed|carrying|"
    r"bracing)|worry|fear|dread|feel|think|expect|do not want|do not trust|want to|need to|would (sooner|rather|"
    r"hate|not want)|sooner|rather|hate)|are you (\w+ )?(worried|afraid|scared|frightened|nervous|anxious|ashamed|"
    r"embarrassed|expecting|bracing|thinking|feeling|concerned)|(is|that is) (that )?what (\w+ ){0,2}(you|worries|"
    r"scares|hurts|bothers|weighs|keeps)|what (\w+ )?(hurts|bothers|scares|worries|weighs|frightens|keeps you)|"
    r"(real|main|biggest|deeper|worst|hard|hardest) (\w+ )?(fear|worry|thought|part|thing)|so you are|behind (it|"
    r"this|that)|not (just |only |really |so much )?about|less about|for you (it|this|that)|on your mind|"
    r"in your eyes|if i were you|in your place)\b"
)
"""Takes the customer's perspective and guesses at what lies beneath."""

EMOTION = (
    r"\b(worr\w+|afraid|fear\w*|scar(ed|es|y)|frighten\w*|nervous|anxious|dread\w*|asham\w+|shame|embarrass\w*|"
    r"humiliat\w*|guilt\w*|fail\w*|judg\w*|trust|let\w* (\w+ ){0,3}down|disappoint\w*|lose|alone|weigh\w*|"
    r"bother\w*|hurt\w*|hard|uncomfortable|struggl\w*)\b"
)
"""A feeling or what it is about."""
