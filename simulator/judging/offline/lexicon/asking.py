"""Phrases by which questions are told apart. Patterns read normalised text, see `marks`."""

from simulator.domain.scenario import Aspect

WH = (
    r"(what|how|why|when|where|which|who|whose|whom|since when|by when|until when|for (how|what|which)|in (what|"
    r"which)|from (when|what|which|where)|at what|to what|on which|on what|with (what|which|whom))"
)
AUX = r"(is|are|was|were|am|do|does|did|have|has|had|can|could|will|would|should|shall|may|might)"

STARTS = (
    rf"^(and |but |so |or |also |okay |well |now |then |just |please |first |hi |hello |hey |sorry |thanks |"
    rf"alright |right |before that |meanwhile |one (more |quick )?(thing|question) )*({WH}( else| exactly| then)? "
    rf"(\w+ ){{0,3}}?(is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|may|might|happen\w*|"
    rf"exactly|made|makes|brings?|brought|went|goes|changed|you|your|ur|seems?)\b|"
    rf"(could|can|would|will|may|might) (you|u) (please |maybe |perhaps |also |kindly |just |possibly |be able to "
    rf"|mind )*(tell|let me know|share|describe|explain|confirm|provide|give|send|walk|say|help me understand|"
    rf"elaborate|remind|clarify|check|look|mind telling|mind sharing|telling|sharing|show|list|talk|rather|prefer|"
    rf"specify|paint|read|go over|take me|fill me|recall|remember|expand|name|point|see|find|open)\b|"
    r"(tell|talk|walk|take) me (more|what|how|why|when|where|which|who|about|through|a (bit|little)|if|whether|"
    r"the|your)\b|"
    r"(please )?(share|describe|explain|elaborate|clarify|specify|confirm|provide|let me know|give me|send me|"
    r"tell me)\b(?! (a (moment|second|minute)|if i|if you (have|need)|a sec))|"
    r"(i am (just |also )?(curious|wondering|interested|keen)|i (wonder|was wondering) (if you|what|how|why|when|"
    r"where|which|whether you)|i (would|will|do|want) ?(really |also |just |still )?(like|love|want|need|have)? "
    r"?to (know|understand|hear|learn|ask)|help me (to )?understand|may i (please )?(know|ask|have|get)|can i "
    r"(please )?(know|ask|have|get|check|clarify)|could i (please )?(know|ask|have|get)|i need (to know |your |"
    r"the )|i would need (to know|your)|mind (telling|sharing)))"
)
"""How a question begins, with or without a question mark."""

NOT_ASKING = (
    r"^(\w+ )?(what (i|we) (can|could|will|would|have|did|see|hear|suggest|am|are)|when (nobody|no one|somebody|"
    r"someone|everybody|everyone|people|every) (?!.*\?)|how (frustrating|annoying|"
    r"awful|terrible|sad|horrible|nice|lovely|kind|strange|odd|upsetting)|what a |when (you|the|it|i|we|your|that|"
    r"this|they|a) (?!.*\?)|which (means|is|makes|would|was|must|i|we|has|explains|leaves|should|can|will)\b|"
    r"who (would|could) (not|blame)|what (happened|matters|makes|is worse|hurts|worries|weighs|counts) (\w+ )*(is|"
    r"was|must|sounds|has) |how (you|this|it|that|the) (must|feel|feels)|where (you|the|it)|why (you|it|this|"
    r"that) (are|is|were|was|feel|want|would|asked)|what you (\w+ ){0,3}(is|was|were|must|sounds|has|makes|"
    r"would)\b)"
)
"""Begins like a question and, without a question mark, is none."""

OPEN = (
    r"(\bwhat\b(?! (number|date|day|time|year|size|model|version|colou?r|name|status|phone|device|browser|plan|"
    r"country|city|brand|is the (date|time|status|model|version|name|number|amount|code|size|total|address)|(\w+ "
    r")?(number|code|address|id)\b))|"
    r"\bhow\b(?! (old|many|much|long|often|big|large|far|soon|tall|high|about)\b)|\bwhy\b|\b(tell|talk|walk) (me|"
    r"us)\b|\btake me through|\bdescribe|\bexplain|\belaborate|\bshare (with me )?(what|how|more|a|your)|\bhelp "
    r"me (to )?understand|\bwhat makes|"
    r"\bi (would|want|will|am|was) ?(really |also |just )?(like|love|want|curious|wondering|interested)? ?(to "
    r")?(hear|understand|learn|know)? ?(about |more |what |how |why )|\bin (what|which) (way|situations?|"
    r"moments?)|\bwho (is|are|was|were) (\w+ ){1,4}for\b)"
)

FORM_FIELD = (
    r"\b((your|the|ur|an?) (\w+ )?(order|account|customer|reference|ticket|case|invoice|booking|policy|serial|"
    r"phone|telephone|model|tracking|contract|confirmation|membership|member|transaction|card|id|imei|claim|"
    r"version|application|licen[cs]e|reservation|flight) (number|id|code|name|no|details|model|version|"
    r"identifier)|order number|serial number|(your|ur) (full |first |last |user ?|billing |email |e mail |phone |"
    r"home |street |postal )?(name|email|e mail|address|birthday|date of birth|phone|number|zip|postcode|post "
    r"code|password|pin|imei|passport|id)|date of birth|post ?code|zip code|mother maiden name|maiden name|imei|"
    r"(which|what) (version|browser|model|device|operating system|os|phone|date|country|city|plan|order|account)|"
    r"error (code|number)|what (is|are|was) the (date|time|model|version|amount|total|address|name|email|number|"
    r"code)|the last (four|4) digits)\b"
)

OFFER = (
    r"^(\w+ ){0,3}?(shall (i|we)|should (i|we)|(can|could|may) (i|we) (?!(please )?(ask|know|have|get|check|"
    r"clarify|understand|just ask|confirm|see)\b)|would you like (?!to (add|achieve|see|get|do|have|know|happen|"
    r"reach|be|tell|share))|would it (help|be|work|suit|make)|would that (help|be|work|suit|make)|do you want (me|"
    r"us) to|does (that|this) (work|help|suit|sound good|sound okay)|is (that|it|this) (okay|ok|alright|fine|"
    r"acceptable|agreeable)|sounds? good|how about|what about (if )?(i|we)|what if (i|we)|would (a|an) (\w+ "
    r"){1,4}(help|work|suit|be)|"
    r"are you (okay|happy|fine|comfortable|available) (with|for|if|to)|may i (send|offer|suggest|book|call|"
    r"arrange|put|transfer|place)|would you (be (okay|happy|willing|open|interested|available|up)|mind if|prefer "
    r"(that )?(i|we)|accept|consider)|does that (answer|make sense|help)|is there anything (i|we) can do|want me "
    r"to)\b|^(and |so |then )*(agreed|deal|okay)( then)?$"
)

CLOSING = (
    r"\b(anything else( (i|we|you (need|would|want)|today|for)\b|$)|something else i|any(thing)? (other|more|"
    r"further)( \w+){0,4} (help|assist|do|question)|any (other |further |more )?questions?|how (can|may|could|"
    r"might) (i|we) (help|assist|be of)|what (can|may|could) (i|we) (do|help)( \w+){0,3} (you|today)|how (are|is|"
    r"was) (you|your day|things|it going)( (today|doing|going|feeling))?$)"
)

RHETORICAL = (
    r"\b(are (you|u) (kidding|serious|joking|stupid|deaf|blind|crazy|even|dumb)|what (is|the \w+ is) wrong with "
    r"you|what do you (expect|want (me|from me|from us))|who cares|what did you expect|how (could|should) i know|"
    r"why (are|do|would|did|did not|do not) you (not|so|just|always|even|keep|bother|complain|think i|wait)|who "
    r"do you think|what more do you want|how hard (can|is)|can you even|^can you (not|calm)|do you (even|really "
    r"think|think i|get it|hear me|know who i)|why should i|did you (even|not (even |read|see|get|think)))\b"
)

PURPOSE = (
    r"\b(hop(e|ing|ed) (to|for|that)|trying to (achieve|do|get|accomplish|reach|finish|make|solve|record|send|"
    r"submit|show|prepare)|want(ed|ing)? to (achieve|get done|accomplish|reach|do with|use|finish|see|be able|"
    r"happen)|(your|the|main|real|end) (goal|aim|purpose|priority|plan|intention)s?|goal (here|with|behind|is|of)|"
    r"achieve|accomplish|aim(ing)? (to|for|at)|purpose|"
    r"(what|who) (do|did|does|would|will|is|are|was|were|must) (\w+ ){1,6}for\b|for what( purpose| reason)?\b(?! "
    r"(date|time|day))|what (is|was|are|were) (it|this|that|they|these|those|the \w+|the \w+ \w+|all this)( all)? "
    r"for|need(ed)? (it|this|that|them|these|those|the \w+|the \w+ \w+|to)( most)? (for|by)|need (it|this|that|"
    r"them) to|use (it|this|that|them) for|planning (to|on|for)|plan(ned)? to (do|use)|working (on|towards|"
    r"toward)|project|prepar(e|ing) for|"
    r"matters?( the)?( most)?|important( to you| for you| thing| about| that| part)?|most (urgent|important|"
    r"worr\w+|helpful|need\w*)|priorit\w+|at stake|depend\w* on|hang\w* on|rid(e|es|ing) on|what happens if|what "
    r"would (happen|it mean|this mean|that mean|change)|mean(s)? (for|to) you|impact\w*|affect\w*|consequence\w*|"
    r"effect on|"
    r"what would (help|be|make|you|a|need|good|the best|success|work|it take|solve)|what (would|do) you (want|"
    r"need|like|prefer|wish|hope|most)|would you (like|want|love|need) to (see|happen|get|have|achieve|be able|"
    r"finish|reach|hear|do)|best outcome|good outcome|ideal\w*|outcome|be most useful|would a good|"
    r"behind (it|this|that|the|these|your)|what (makes|made|is making|drives|leads|led|brings|brought) (you|it|"
    r"this)|why (is|does|do|did|are|was|would) (it|this|that|the|you|they|\w+)|what (worries|concerns|bothers|"
    r"troubles|scares|weighs|keeps you|frustrates|hurts)|on your mind|(biggest|main|greatest|real|deeper) (worry|"
    r"concern|fear|question|hurdle)|worried about|afraid (of|that|will)|"
    r"deadline|by when|(when|what date|what day) (do|does|would|will|must|should|did) (you|it|this|they|the \w+) "
    r"(\w+ ){0,2}(need|have to|be ready|work|be done|arrive|be finished|be there|be with)|until when|coming up|"
    r"waiting (for|on) (it|this|you)|who (is|are|else|would|will|does|needs) (it|this|that|waiting|counting|"
    r"affected|relying|they|be|you)|who (is|are|was|were) (\w+ ){1,4}for|what depends on|occasion|counting on|"
    r"rely\w* on|without (it|them|the|this|that|access)|how (are|have|do|did|were) you (been )?(manag\w+|coping|"
    r"cope|getting by|getting on|doing|feeling|handling|holding|living)|ready (for|by)|able to do|like to be able|"
    r"look like (for you|to you|if)|so important|comfortable (with|for)|mean (for|to) (you|your))\b"
)

ASPECTS: tuple[tuple[Aspect, str], ...] = (
    (Aspect.TRIED,
        (r"\b(what (have|did) (you|u) (already |so far )*(do|done|go through|attempt)|steps (did|have|had) (you|u)|"
        r"(what|which) (steps|things|fixes) |(have|did) (you|u) (already )?(try|tried|tryed|done|do|attempt\w*|"
        r"restart\w*|check\w*|reset|reinstall\w*)|you (already )?(tried|done)|(you|u) tried|tried (so far|already|"
        r"before|until)|steps (have|did|you)|already (tried|done|taken|attempted)|attempted|troubleshoot\w*|"
        r"(looked at|done|do|did) so far|to (try to )?(fix|solve) it (yourself|so far))\b")),
    (Aspect.DEADLINE,
        (r"\b(when (do|does|would|will|must|should|is) (\w+ ){1,4}(have to|need|must|want|expect\w*|due)|(until|"
        r"by) (what|which) (time|day|date|hour)|must (you|it|they) have|by when|deadline|urgent|how soon|how much "
        r"time|due|when (do|does|would|will|must|should) (you|it|this|they) (\w+ )?(need|have to|be ready|be done|"
        r"be finished|be there|work|decide|happen)|need (it|this|that|them|the \w+) by|until when|in time for|"
        r"what (date|day) (is|do|must|does)|time (limit|pressure|frame)|latest|coming up|is there a (date|day))\b")),
    (Aspect.GOAL,
        (r"\b((want|need|like) to be ready for|(which|what) event|what (would you like|do you want) to (look at|"
        r"see|check)|come out of (this|it)|hoping|hope to|trying to (achieve|do|get|accomplish|reach|finish)|goal|"
        r"achieve|accomplish|purpose|what (is|was|are|were) (it|this|that|they|these|the \w+|all this)( all)? for|"
        r"need (it|this|that|them|the \w+) for|use (it|this|that|them) for|working (on|towards)|project|what do "
        r"you (want|need) to (do|get|be able)|want to (do|use) (it|this|that|with)|behind (it|this|that|these)|"
        r"intend\w*|planning (to|on|for)?|what (would you like|do you want) to (get|have|be able|finish|achieve|"
        r"do|reach)|in mind|able to do|after( all)? that what|occasion|most need|like to be able|aim\w*)\b")),
    (Aspect.IMPACT,
        (r"\b(chang\w+ (your|for you|things)|who is (waiting|counting|relying|depending)|what does (the|this|that) "
        r"\w+ do to|what if|affect\w*|impact\w*|mean(s)? (for|to) you|at stake|what happens (if|when|to you)|what "
        r"would happen|consequence\w*|cost you|how (are|have|do|did) you (been )?(manag\w+|cop\w+|getting by|"
        r"getting on|doing|holding)|difference does|how (bad|serious|severe|big)|effect (on|of)|important|"
        r"matter\w*|depend\w* on|hang\w* on|why is (it|this|that)|mean for|what (does|would|will) (it|this|that) "
        r"(mean|change)|without (it|them|access|this|that)|rid(e|es|ing) on)\b")),
    (Aspect.FEELING,
        (r"\b(worr(y|ies|ied|ying)|bother\w*|on your mind|concern(s|ed|ing)?|afraid|scar(ed|es)|nervous|how (do|"
        r"did|does|are|were) (you|it|that|this) (\w+ )?(feel\w*|make you feel)|what (upsets|hurts|troubles|"
        r"frustrates)|feel(ing)? (about|when)|hardest|keeps you (up|awake)|weigh\w*|fear)\b")),
    (Aspect.HISTORY,
        (r"\b(before|last time|previous\w*|earlier|in the past|first time|ever (happened|had)|contacted us|history|"
        r"last year|how long (have|has) (you|it) been (with|a customer)|used to|already (called|contacted|written|"
        r"spoken)|spoke\w* (to|with)|told you)\b")),
    (Aspect.PREFERENCE,
        (r"\b(prefer\w*|rather|would (you like|suit|be best|help( you)? (most|best)?|work best|be (most )?(helpful|"
        r"useful|good|ideal|fair))|what would (help|you like|be|make)|how would you like|best (way|outcome|for "
        r"you|solution)|ideal\w*|which (option|way)|suits?|outcome|in what (way|form)|fair (solution|to you)|like "
        r"me to do|make (it|this|things) right)\b")),
    (Aspect.AMOUNT, r"\b(how (much|many)|what (amount|sum|number|price|cost|size)|price|amount|total|cost)\b"),
    (Aspect.DEVICE,
        (r"\b((which|what) (\w+ )?(phone|device|model|computer|laptop|browser|version|system|plan|product|"
        r"equipment|machine|app|type)|operating system|using (a|an)|version|device|model|equipment)\b")),
    (Aspect.WHEN, r"\b(when|since when|what (day|date|time)|how long|from when|at what time|which (day|date))\b"),
    (Aspect.WHAT_HAPPENED,
        (r"\b(what (exactly |actually )?(happened|happens|went wrong|goes wrong|is going on|occur\w*|is wrong|"
        r"seems|did you (see|do|get|notice)|do you (see|get|notice)|is (happening|the (problem|issue|matter|"
        r"situation))|can you tell)|tell me (\w+ ){0,3}(more|what|about|everything|the story)|more (detail|"
        r"details|information|about (it|this|that|the|what))|describe|walk me through|elaborate|explain (the|what|"
        r"your|a|more|me|to me|it|this|in|further)|from the (start|beginning)|share (more|what|a bit|the)|"
        r"understand (what|the (problem|issue|situation))|error message|going on|kind of (problem|issue)|how (did|"
        r"does) (it|this) (happen|start|begin|show|look|occur))\b")),
)  # fmt: skip
"""What kind of fact a question's wording asks for; the first that matches is the likeliest."""

EXPLORES = (
    r"\b(tell me more|more about|what happened|walk me through|how did|what else|what was (it|that)|what is it "
    r"like|happened (then|next|after))\b"
)
