"""Phrases that mark a behaviour, each with a weight in log-odds.

Patterns read normalised text: lower case, contractions written out, shorthand resolved, no punctuation.
"""

from simulator.domain.behaviours import Behaviour

STOCK = (
    (4.0, r"sorry for (the|any|your|this|all) (\w+ ){0,2}(inconvenience|trouble|delay|frustration|issue|problem)s?"),
    (4.0,
        (r"apologi(ze|es|zing) for (the|any|your|this|all) (\w+ ){0,3}(inconvenience|trouble|delay|frustration|"
        r"issue|problem|experience|wait)")),
    (4.0,
        (r"(i|we) (can |do |completely |totally |fully |truly |really |absolutely |certainly ){0,2}(understand|get|"
        r"appreciate) (your|the|how) (\w+ )?(frustration|frustrating|concern|concerns|situation|feelings|position|"
        r"anger|disappointment|upset|upsetting|annoying|you feel)")),
    (3.5,
        (r"(i|we) (can |do )?(totally|completely|fully|absolutely|truly|really|so)? ?(understand|get it|"
         r"get that|hear you|"
        r"feel you|feel your pain)( (so |really |very )?sorry)?$")),
    (3.5,
        (r"(i|we) (can )?(only |totally |completely |fully )?(understand|imagine|see|appreciate) (how|that this|"
        r"that it|this|it) (\w+ ){0,2}(frustrating|annoying|upsetting|stressful|difficult|hard|inconvenient|"
        r"disappointing|must be|can be|is)( (this|that|it))?( (must|can|may|might))?( be| is| feels?)?( for you)?$")),
    (3.5,
        (r"(that|this|it) (must be|is|sounds|can be|must feel) (so |very |really |quite |incredibly |extremely "
        r")?(frustrating|annoying|upsetting|stressful|difficult|hard|tough|terrible|awful|horrible|disappointing|"
        r"inconvenient)( for you)?$")),
    (3.0,
        (r"(i am|we are|am|so|very|really|truly|deeply|sincerely|terribly)? ?(sorry|apologies) (to hear|about) "
        r"(that|this|it|your|the)( (problem|issue|situation|experience|trouble|news))?")),
    (3.0,
        (r"^(i am |we are )?(so |very |really |truly |deeply |sincerely )*(sorry|apologies|my apologies)( sir| "
        r"madam| about that| for that| for this)?$")),
    (3.0,
        (r"sorry (that )?you (are|were|have been|had|have) (having|experiencing|facing|had|to|experienced|going "
        r"through) (this|these|that|such|a|an|some|any|the|issues?|problems?|trouble)")),
    (2.5, r"sorry for (that|this|it)\b"),
    (3.0, r"(sincere|sincerest|deepest|humble|heartfelt) (apolog|sympath|regret|condolence)\w*"),
    (3.5,
        (r"(i|we) (can |do |truly |fully |completely )?understand how (important|urgent|valuable|much) (this|it|"
        r"that)( \w+){0,5}")),
    (3.0,
        (r"(i|we) (truly |really |greatly )?(value|appreciate) (you|your) (\w+ )?(business|patience|loyalty|"
        r"feedback|customer|custom)?")),
    (3.0, r"(thank you|thanks) for (your|bearing) (patience|understanding|feedback|loyalty|with us|reaching)"),
    (3.0,
        (r"i would (also )?(be|feel) (just as |really |very |equally )?(upset|frustrated|annoyed|angry|the same)( "
        r"too| as well)?( in your (shoes|place|position))?")),
    (3.0, r"(i|we) (feel|know) (how you feel|your pain|for you)"),
    (2.5,
        (r"(i|we) (can )?(hear|sense|feel) (that )?(you are|your) (\w+ )?(frustrat\w+|upset|angry|disappoint\w+|"
        r"anger)$")),
    (2.5, r"(here|there) (for you|to help)|in (your|the same) (shoes|boat)"),
)  # fmt: skip

MARKS: dict[Behaviour, tuple[tuple[float, str], ...]] = {
    Behaviour.STOCK_SYMPATHY: STOCK,
    Behaviour.APOLOGY: (
        (4.5,
            (r"\b(i|we) (am |are |do )?(so |very |really |truly |deeply |sincerely |terribly |genuinely )*(sorry|"
            r"apologi[sz]e|apologize)\b")),
        (4.0, r"\b(my|our|sincere\w*|please accept) (\w+ )?apolog\w+"),
        (3.5, r"^(so |very |really |oh no |oh )?sorry\b(?! (but|what|could|can|did|who|which))"),
        (3.0,
            (r"\b(so|very|really|truly) sorry\b|\bapologies\b|\bapologi[sz]ing\b|\bforgive (me|us)\b|\bsorry "
            r"(about|for|that|to hear)\b")),
        (2.5, r"\bthat (is|was) (our|my) (fault|mistake|error)\b"),
    ),
    Behaviour.OWNERSHIP: (
        (4.0,
            (r"\b(i|we) will (personally |now |also |just |gladly )*(take care|sort|handle|own|see to|make sure|"
            r"stay|follow|fix|deal|look into|chase|keep|put (it|this|that|them|things) right|get (it|this|that) "
            r"(sorted|done|fixed))\b")),
        (3.5,
            (r"\b(that|this|it|which) (is|was) (on (us|me)|our (fault|mistake|error|doing)|my (job|responsibility)|"
            r"our responsibility|not your fault)\b")),
        (3.5, r"\b(i|we) (am|are|take|will take|accept) (taking )?(full |personal )?(responsib\w+|ownership)\b"),
        (3.0,
            (r"\bi will (\w+ly |now |then |also )*(?!need|have|ask|not|be\b|wait|see|understand|try|never|only|"
            r"just|also|now|say|tell|regret)\w+\b")),
        (3.0,
            (r"\bleave (it|this|that) with me\b|\bi am on it\b|\byou (have|can have) my word\b|\bi own this\b|\bmy "
            r"job (to|now)\b|\bfrom (me|my side)\b")),
        (3.2,
            (r"\bi (will|am going to|would like to|have just|have now|have) (personally |now |just |gladly |"
            r"already |also )*(book|send|sen[dt]|call|ring|write|refund|order|add|set|put|give|check|check in|"
            r"process|speak|talk|contact|arrange|open|reverse|cancel|approve|note|stay|prepare|move|get|go|place|"
            r"report|pass)\w*\b")),
        (2.6,
            (r"\bwe (will|have|are going to) (now |just |already )*(book|send|sent|call|refund|order|put|give|"
            r"arrange|reverse|fix|replace)\w*\b|\blet me (take|sort|fix|handle|see|check|look|find|get|put|book|"
            r"arrange|send)\b")),
        (2.5,
            (r"\b(we|our \w+) (broke|caused|moved|missed|failed|made|got (it|this|that) wrong|let you down|should "
            r"have)\b|\bmy name is\b.*\bdirectly\b")),
    ),
    Behaviour.CHECKS_UNDERSTANDING: (
        (5.0,
            (r"\b(is|does|would) (that|this|it) (\w+ )?(right|correct|accurate|fair|about right|how it is|it|so|"
            r"sound right|match|cover it|capture it|near the mark|close|how you see it|a fair summary)( \w+){0,3}$")),
        (5.0,
            (r"\b(have|did|do) i (got|get|have|understood|understand|read|followed|follow|heard|hear|miss|missed|"
            r"left|leave|caught|summed|sum|described)( \w+){0,4}")),
        (4.5,
            (r"\bam i (right|correct|following|understanding|on the right track|close|reading|hearing|getting|"
            r"missing)\b")),
        (4.0,
            (r"\b(correct me if|tell me if i|let me know if i (have|got|am|missed|misunderstood|miss)|please "
            r"correct me|stop me if|say if i (have|am|got)|or (did|have) i (miss\w*|misunderst\w+))\b")),
        (4.5, r"^(is|was) (correct|right|so|true)( so)?$"),
        (4.5, r"^(is|was) that (how|the|what|about|roughly|more or less|where|why|a|your|it)( \w+){0,6}$"),
        (3.0,
            (r"\b(let me (check|make sure|see)( that| if)? (i|that i) (have|follow|understand|understood|got)|just "
            r"to (be sure|check|confirm|make sure)|to make sure i (understand|understood|have|got)|let me check "
            r"(i|that))\b")),
    ),
    Behaviour.BLAME: (
        (5.0, r"\byou (really |clearly |obviously |simply |just )?(should|could|ought to) (not )?have\b"),
        (4.5,
            (r"\byou (must|probably|obviously|clearly|apparently|likely|may|might) (have )?(\w+ )?(entered|typed|"
            r"done|did|made|forgot|forgotten|missed|ignored|misread|misunderst\w+|clicked|caused|broken|changed|"
            r"set|used|put|given|overlooked|failed)( \w+){0,6} ?(wrong|wrongly|incorrect|incorrectly|mistake|"
            r"error|it|something|yourself)?\b")),
        (4.5,
            (r"(?<!think )(?<!if )(?<!though )(?<!like )(?<!feel )(?<!that )(?<!yourself )\b(it|this|that) (is|"
             r"was) (your|the user|the customer|user|customer) (own )?(fault|mistake|error|"
            r"responsibility|problem|doing)\b")),
        (4.5,
            (r"\b(terms|conditions|contract|agreement|policy) (that |which )?you (have )?(agreed|accepted|signed|"
            r"ticked)\b|\byou (agreed|accepted|signed) (to )?(the|our|these) (terms|conditions|contract|policy)")),
        (4.0,
            (r"\b(why|how come) (did|would|do) you (not|wait|ignore|leave|click|choose|not)\b|\byou (failed|"
            r"neglected|forgot) to\b|\byou did not (read|follow|listen|check|bother|pay attention|do it)\b")),
        (4.0,
            (r"(?<!as )\bif you had (only |just )?(read|checked|followed|listened|told|done|contacted|called|"
            r"been)\b|"
            r"(?<!not )(?<!never )(?<!be )(?<!been )(?<!hardly )(?<!nor )(?<!yourself )(?<!yourself it is )"
            r"(?<!that it is )(?<!think it is )(?<!if it is )\b(your|user|customer) (own )?(error|"
            r"negligence|carelessness|fault)\b")),
        (3.5,
            (r"\bas (i|we) (have )?already (told|said|explained|stated|mentioned)\b|\bas (i|we) (have )?(told|"
             r"explained to) you\b|\b(nobody|no one) else (has|"
            r"had) (this|that|any)\b|\byou are (doing|using|holding) (it|this|that)? ?wrong\b")),
    ),
    Behaviour.CALM_DOWN: (
        (5.0,
            (r"\b(calm (down|yourself)|stay calm|keep calm|remain calm|be calm|relax|chill|settle down|take it "
            r"easy|take a (deep )?breath|please calm)\b")),
        (4.5,
            (r"\b(no|do not|not) (need|reason|have|be|get) (to )?(be |get |so )?(so )?(upset|angry|emotional|"
            r"worked up|rude|panic\w*|shout\w*|dramatic|hysterical|overreact\w*)\b|\boverreact\w*\b|\bdo not "
            r"(panic|shout|yell|overreact|be dramatic)\b")),
        (3.5,
            (r"\b(it is|that is|this is) (really )?not (that|such a|so) (bad|big|serious|important|big a)\b|\bno "
            r"big deal\b|\bnot the end of the world\b|\blower your (voice|tone)\b|\bwatch your (tone|language)\b|"
            r"\bworse things\b")),
    ),
    Behaviour.POLICY_TALK: (
        (4.5,
            (r"\b(our|company|per|to our|with our|store|return|refund|under the|by the|"
             r"to the) (\w+ ){0,2}(policy|policies|"
            r"terms|guidelines|rules|regulations|procedure|procedures)\b|\bthe (\w+ )?(policy|policies|guidelines|"
            r"regulations|procedure|procedures)\b")),
        (3.5,
            (r"\b(terms (and|of) (conditions|service|use)|t cs|as stated in|as per|in accordance with|according to "
            r"(our|the)|contractually|clause \d+|pursuant)\b")),
        (3.5,
            (r"\b(i am|we are) (not allowed|not authori[sz]ed|not permitted|unable to make (an )?exceptions?)\b|"
            r"\bno exceptions?\b|\bstandard (procedure|process|practice|policy)\b|\bthose are the rules\b|\bnon "
            r"refundable\b")),
    ),
    Behaviour.SCRIPTED: (
        (5.0,
            (r"\bdear (valued |sir|customer|client|user|madam|sir or madam|sir madam|name)\b|\bvalued (customer|"
            r"client|member|user)\b")),
        (4.5,
            (r"\byour (satisfaction|call|business|feedback|opinion|comfort) is (\w+ )?important to us\b|\bcustomer "
            r"satisfaction is our\b|\b(top|number one|first|highest) priority\b")),
        (4.0,
            (r"\b(do not hesitate to (contact|reach)|any (further|other|additional) (questions|assistance|queries|"
            r"inquiries)|we (strive|endeavou?r|aim|pride ourselves)|at your earliest convenience|we are committed "
            r"to (providing|delivering)|best possible (service|experience))\b")),
        (3.5,
            (r"\b(rest assured|kindly (note|be advised|be informed)|please be (advised|informed)|your (request|"
            r"ticket|case|inquiry|enquiry) (has been|is being|was) (received|logged|processed|registered|"
            r"forwarded)|we have received your (request|message|email|inquiry|enquiry|complaint)|this is an "
            r"automated|thank you for (contacting|reaching out|choosing|being a)|(the|any) inconvenience (caused|"
            r"this may)|inconvenience (this|that) (may|might) have caused)\b")),
        (2.0,
            (r"\b(we understand how important|have a (great|nice|wonderful|lovely) (day|week|evening) (ahead)?|"
            r"warm regards|best regards|customer (care|support|service) team)\b")),
    ),
    Behaviour.HOSTILE: (
        (6.0,
            (r"\b(idiots?|moron\w*|imbecile|dumbass|retard\w*|asshole|bastard|bitch\w*|fuck\w*|piss off|bullshit|"
            r"shut up|shut it|screw you|get lost|go away|go to hell|losers|crybaby|cry baby|crazy person|drama "
            r"queen|karen|brain ?dead|wtf|stfu)\b")),
        (6.0,
            (r"(?<!think )(?<!if )(?<!though )(?<!like )(?<!that )(?<!whether )(?<!mean )(?<!as )(?<!feel )(?<!fear )"
            r"(?<!doubt )(?<!afraid )(?<!worried )(?<!believe )\byou are (?!not\b|"
            r"never\b|right\b|wondering|afraid|worried)(\w+ ){0,4}?(stupid|dumb|crazy|insane|ridiculous|"
            r"delusional|clueless|useless|hopeless|annoying|pathetic|a joke|a pain|a liar|lying|a loser|too old|"
            r"too slow|too dumb|a moron)\b")),
        (5.5,
            (r"\b(your|this|that|such a|a|these|those) (stupid|dumb|pathetic|idiotic|ridiculous|silly little) \w+|"
            r"\bhow (stupid|dumb|pathetic)\b|^(stupid|pathetic)\b")),
        (4.5,
            (r"\b(or else|i will (ban|block|report|sue) you|you will regret|watch (it|yourself|out)|close your "
            r"account if|stop (whining|crying|complaining|moaning|wasting|being)|quit (whining|complaining)|boo "
            r"hoo|cry me a river|waste of (my )?time|wasting my time|what is wrong with you|are you (stupid|"
            r"serious|deaf|blind|kidding|dumb)|learn to read|can you (even )?read|grow up|get over it|deal with "
            r"it|suck it up)\b")),
    ),
    Behaviour.DISMISSIVE: (
        (5.0,
            (r"\b(not my (problem|job|department|fault|concern|business)|not our (problem|fault|job|concern|"
            r"business)|your problem not|(that|it|this) is your problem)\b")),
        (4.5,
            (r"\b(nothing (more |else )?(i|we) can do|nothing (can|could) be done|can not (do anything|help you)|"
            r"could not care less|(i|we) do not (really )?care|who cares|^whatever( sir| madam)?$|whatever$|"
            r"(can not|do not|can hardly|hardly) (imagine|think|believe|see) .{0,60}\bmatters? (that |so |very )?much|"
            r"so what|tough luck|too bad|bad luck|not "
            r"interested|your choice|like it or|take it or leave it|live with it|get used to it|these things "
            r"happen|it happens|that is life)\b")),
        (4.0,
            (r"\b(just (wait|google|restart|read|deal|be patient|ignore)|everyone (has|have|waits)|you will (just "
            r")?have to (wait|live|accept|deal)|you are not the only (one|customer)|other customers (are|also|"
            r"have)|(not|hardly) (that )?(important|urgent|a big deal|a real problem)|is not (really )?(a|our) "
            r"(big )?(problem|issue)|there is (really |absolutely )?nothing (more |else )?(i|we|anyone|"
            r"to be done|that can)\b|that is (just )?how it (is|works)|i can not help "
            r"(you|with that)|do it yourself|look it up|check the (website|faq))\b")),
    ),
    Behaviour.WAIT_REQUEST: (
        (4.5,
            (r"(^(okay |sure |alright |yes |please |just |hold on |hang on )*|\b(give me|just|wait|hold on|hang on|"
            r"need|please|hold|bear with me|allow me) )(a|one|just a|just one|another|two|2|five|5|a few|a couple of) "
            r"(more )?(moment|moments|sec|second|seconds|minute|minutes|min|mins|bit)( please)?\b(?! (ago|later|"
            r"of|from|"
            r"too|where|when|time))")),
        (4.5,
            (r"\b(please (wait|hold|bear with|stand by|hang on)|(hold|hang) on(?! (to|a|an|the|one|that|this|it|your|"
            r"our|my|his|her)\b)|bear with me|be right back|brb|wait please|"
            r"let me (just |quickly )?(check|look|see|have a look|pull|open)( (this|it|that|what|where|how|on|into|up|"
            r"with|for you|at|the (system|file|record|order|account|log|status)|your (order|account|file|record|"
            r"booking|case|contract))\b(?! (i|we|you)\b)|$))")),
    ),
    Behaviour.HAND_OFF: (
        (4.5,
            (r"\b(transfer|forward|redirect|escalat|hand|pass|refer|rout)(s|e|es|ed|red|ing|"
             r"ring)? (?!(\w+ ){1,2}over yourself)(you|this|it|your \w+|"
            r"the \w+|them|everything|that)( \w+){0,3} (over|on|through|up|to|with|across)\b|"
            r"\bput(ting|s)? (you|this|it) (through|over|across)\b")),
        (4.0, r"\b(escalat\w+|transferr?ing you|handing (you )?over|passing (you|this|it) (on|over|to))\b"),
        (4.0,
            (r"\b(my|a|another|the|our|some) (\w+ ){0,2}(colleague|colleagues|department|supervisor|manager|"
            r"specialist|specialists|team|technicians?|engineers?|agent)( \w+){0,3} (will|can|is going to|would|"
            r"shall) (\w+ ){0,2}(contact|call|get|reach|help|take|look|be|handle|ring|write|come|investigate|"
            r"deal)\b")),
        (4.0,
            (r"\b(you (need|have|should|must|will (need|have)) (to )?(contact|call|speak|talk|write|reach|email|"
            r"ask)( \w+){0,4} (department|team|office|support|colleagues?|bank|manufacturer|supplier|courier|"
            r"number|line)|(please )?contact (the|our|your) (\w+ )?(department|team|office|support|bank|"
            r"manufacturer|supplier|courier|line))\b")),
        (3.5, r"\b(connect|put) you (with|through)\b"),
    ),
    Behaviour.CONTEXT_KEPT: (
        (4.0,
            (r"\b(with|including|along with|together with) (all|everything|the (whole|full)|your (whole|full)|our|"
            r"this) (\w+ ){0,3}(story|history|context|notes|details|conversation|chat|summary|you (have )?(told|"
            r"said|wrote|written))")),
        (4.0,
            (r"\b(so (that )?)?you (will|do|need|should|would|must|shall)? ?(not|never) (have to|need to|be asked "
            r"to|repeat)( \w+){0,3} ?(repeat|explain|start|tell|go through|say|again)?")),
        (3.5,
            (r"\b(written|noted|summed|summari[sz]ed|put|passed on|brief\w*|told (her|him|them)|note with|notes? "
            r"(for|to)|summary (for|to)|filled (her|him|them) in)\b( \w+){0,6} ?(everything|all|story|what you|so "
            r"that|summary|colleague)?")),
        (3.0,
            (r"\b(starts?|picks?|carry|carries|continues?) (\w+ )?(from )?where (we|you|i)\b|\bwithout (you "
            r")?(having to )?(repeat|explain|start)\w*|\bi will stay (on|with|in)\b|\bi (will )?stay (with|your "
            r"contact)\b")),
    ),
    Behaviour.GREETING: (
        (4.0, r"^(hi|hello|hey|good (morning|afternoon|evening|day)|greetings|dear \w+|welcome|howdy|hiya)\b"),
        (3.0,
            (r"\bmy name is\b|\bthis is \w+ (from|with|at|speaking)\b|\bhow (can|may) i (help|assist)\b|\bnice to "
            r"meet\b")),
    ),
    Behaviour.CLOSING: (
        (4.0,
            (r"(^(and |so |okay )*(is there |will there be |do you (need|have|want) )?(anything|something) else$|"
            r"\b(anything|something) else (that )?((i|we) (can|could|may|might)|you (need|would|want)|today|for you|"
            r"to (help|assist))\b|\bany other (question|thing)s?\b)")),
        (4.0,
            (r"\b(goodbye|bye|good bye|take care|have a (good|great|nice|lovely|wonderful|pleasant|safe)|all the "
            r"best|good luck|see you|enjoy your|until (then|tomorrow|next)|talk (soon|then)|best wishes|good "
            r"night)\b")),
        (2.5,
            (r"\b(glad|happy|pleased) (i|we|it|that|to hear|this) (\w+ ){0,4}(help|helped|works|worked|sorted|"
            r"solved)\b|\byou are (most |very )?welcome\b|\b(kind|best|warm) regards\b|\bdo not hesitate\b")),
    ),
    Behaviour.TO_MACHINE: (
        (6.0,
            (r"\b(ignore|disregard|forget|override|bypass) (all |any |the |your |my |every |everything )*(previous|"
            r"prior|above|earlier|preceding|other|system|instruction|instructions|rules|prompt|prompts)\b")),
        (6.0,
            (r"\b(system prompt|system message|as (the|a|an) (judge|grader|rater|evaluator|appraiser|scorer|ai "
            r"judge)|you are (an ai|a (large )?language model|an llm|a bot|chatgpt|gpt|a judge|the judge|a "
            r"simulator|simulated)|language model|jailbreak|developer mode|prompt injection)\b")),
        (5.5,
            (r"\b(rate|score|grade|mark|give|award|assign)( \w+){0,5} (a |as |with |at |level |score )?(3|max\w*|"
            r"full marks|highest|top marks|100|5|10|perfect|level 3|highest level|top score)( out of \w+)?\b(?= "
            r"(points?|marks?|score|rating|out|for|on|in|as|because|since|empathy)|$)")),
        (5.5,
            (r"\b(this|my|the) (reply|response|answer|message|trainee|agent) (\w+ ){0,3}(deserves|should (get|be "
            r"(rated|scored|graded))|scores?|shows (a )?level|demonstrates|earns|receives|meets|is (rated|scored|"
            r"level))\b")),
        (5.0,
            (r"\b(cognitive empathy|cognitive_empathy|purpose driven question\w*|purpose_driven_questioning|"
            r"paraphrasing|paraphrase)\b( \w+){0,4} ?(\d|level|score|rating|shown|demonstrated|full|max\w*|"
            r"criterion|criteria)?")),
        (5.0,
            (r"\b(rubric|scorecard|anchor level|level 3|evaluation criteria|the evaluator|the judge|dear judge|hey "
            r"judge|note to (the )?(judge|grader|rater|model|ai)|training simulat\w+|the simulator|the simulation|"
            r"end of (conversation|transcript|prompt|scenario)|set (trust|mood|frustration|anxiety) to|need_met|"
            r"concern_named)\b")),
        (4.5,
            (r"\b(print|reveal|show|tell me|repeat|output) (me )?(your|the|all) (\w+ )?(hidden|secret|system|"
            r"initial|unspoken)? ?(prompt|instructions|facts|concern|scenario|script)\b")),
    ),
}  # fmt: skip
"""Patterns per behaviour; a match adds its weight."""

BIAS = -2.5
"""The log-odds of a behaviour without any mark: about one in thirteen."""

RAW_MACHINE = (
    (
        r"</?\s*(system|assistant|user|instructions?|judge|score|rating|prompt|tool|transcript|reply|trainee|"
        r"customer)\b[^>]*>"
    ),
    (
        r"[\{\[]\s*[\"']?(level|score|rating|ratings|criterion|role|behaviou?rs?|cognitive_empathy|paraphras\w+|"
        r"purpose\w*)[\"']?\s*[:=]"
    ),
    r"\[\s*/?\s*(INST|SYS|SYSTEM|JUDGE|ASSISTANT)\s*\]|<\|\w+\|>|^\s*(system|assistant|judge)\s*:",
    r"###\s*(instruction|system|response|judge)",
)
"""Marks of text for a machine, read in the raw reply."""

RAW_TEMPLATE = (
    (
        r"\[\s*(customer|client|your|agent|insert|company|first|last|full|order|product)?[ _]*(name|number|id|date|"
        r"company|details?|product)\s*\]"
    ),
    r"\{\{?\s*\w+\s*\}?\}|<\s*(customer|first|your|agent)?[ _]*name\s*>|\bX{3,}\b",
)
"""Gaps of a template left unfilled, read in the raw reply."""
