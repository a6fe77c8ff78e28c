"""How a model gives itself away: it speaks as the agent, as a machine, or about the scene; or it will not leave."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulator.customers.guard_grounds import Grounds
from simulator.domain.events import SpeechFault, SpeechFaultKind


def _joined(*parts: str) -> str:
    return "".join(parts)


_YOURS = _joined(
    r"your (?:account|order|details|case|file|request|refund|ticket|booking|reservation|subscription|records?|",
    r"parcel|",
    r"package|query|issue|complaint|concerns?|information)",
)
_AGENT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bhow (?:can|may|could|might) (?:i|we) (?:help|assist|be of)\b",
        r"\b(?:i|we)(?:'m| am|'re| are)? (?:here|happy|glad|ready|more than happy|available) to (?:help|assist)",
        _joined(
            r"\b(?:i|we)(?:'ll| will|'d| would| can| could|'m going to| am going to| want to)(?: \w+){0,3}",
            r" (?:assist|help) you\b",
        ),
        _joined(
            r"\b(?:i|we)(?: do| can only| really| sincerely| must)? apologi[sz]e for (?:any|your|our|",
            r"(?:the|this) (?:inconvenience|delay|trouble|frustration|confusion|experience|error|issue))",
        ),
        r"\b(?:my|our) (?:sincere |deepest )?apologies for (?:the|any|this|your|our)",
        _joined(
            r"\bsorry (?:for|about) (?:(?:the|this) (?:inconvenience|frustration|experience)|",
            r"(?:any|your) (?:inconvenience|trouble|delay|frustration|confusion|experience))",
        ),
        r"\b(?:so |very |really )?sorry to hear (?:that|this|about|of|you)",
        _joined(
            r"\blet me (?:just |quickly )?(?:check|look into|look up|pull up|review|verify|investigate) ",
            r"(?:into (?:this|that|it)|(?:this|that|it|on that) for you|for you|the (?:status|system)|",
            r"" + _YOURS + ")",
        ),
        _joined(
            r"\b(?:i|we)(?:'ll| will|'ve| have|'m going to| am going to| can)(?: now| just| already| go ahead and)? ",
            r"(?:check|checked|look into|looked into|issue|issued|process|processed|arrange|arranged|escalate|",
            r"escalated|transfer|update|updated|cancel|refund|refunded|review|credit|credited|book|booked|waive) ",
            r"(?:" + _YOURS + r"|(?:a|the|an|this|that|it)(?: [\w-]+){0,4} for you\b|you (?:a|an|the)\b",
            r"(?=[^.?!]*\b(?:refund|replacement|voucher|credit|link|label)))",
        ),
        _joined(
            r"\b" + _YOURS + r" (?:has been|have been|is being|will be) ",
            r"(?:issued|processed|sent|escalated|updated|cancelled|canceled|credited|approved|shipped|resolved)",
        ),
        _joined(
            r"\bthank(?:s| you)(?: so much| very much)? for (?:contacting|reaching out|your patience(?! with)|",
            r"bearing with|getting in touch|choosing|your understanding|bringing this|letting us know|being a|",
            r"your loyalty)",
        ),
        r"\b(?:is|was) there (?:anything|something) else (?:i|we|that i|that we) can",
        _joined(
            r"\b(?:i|we) (?:completely |fully |totally |really |do )*(?:understand|appreciate|hear|share) your ",
            r"(?:frustration|concerns?|patience|anger|situation|worry|feelings?|understanding|disappointment)",
        ),
        _joined(
            r"\b(?:i|we) (?:completely |fully |totally |really )*understand (?:how|that) ",
            r"(?:you(?:'re| are| feel| must)|frustrating|upsetting|difficult|stressful) ",
            r"(?:this|that|it|feel|frustrat|upset|worr|angry)",
        ),
        _joined(
            r"\b(?:can|could|would|may|kindly|please)(?: i| you)?(?: please| kindly)? ",
            r"(?:provide|confirm|verify|have|give|share|send|tell)(?: me| us)?(?: with)? your (?:full name|",
            r"date of birth|(?:phone |telephone )number|postcode|(?:postal |home |delivery |shipping )address|",
            r"(?:order|account|booking|customer|policy|ticket) (?:number|id|details|reference))",
        ),
        _joined(
            r"\bour (?:polic(?:y|ies)|records|system shows|terms and conditions|customer (?:service|care|support)|",
            r"support team|technical team|specialists?|warehouse)\b",
        ),
        r"\b(?:valued|dear) customer\b|\bwe value (?:you|your)\b|\bat your service\b",
        r"\brest assured,? (?:that )?(?:we|i|your|our)\b",
        r"\b(?:don't|do not) hesitate to (?:contact|reach|let us)|\bfeel free to (?:contact|reach out|ask me)",
        _joined(
            r"\b(?:i am|i'm|this is|you(?:'re| are) (?:now )?(?:speaking|chatting) (?:to|with)) ",
            r"(?:the |an? |your |\w+, your )(?:support |service |customer |care |call |live )*",
            r"(?:agent|representative|advisor|adviser|rep)\b",
        ),
        r"\bwelcome to (?:our|the) (?:support|service|help|live chat|chat)",
        r"\b(?:what|how|which) (?:exactly |else )?(?:were|had) you (?:been )?(?:hoping|planning|trying|expecting)\b",
        r"\bwhat (?:exactly |else )?have you (?:already )?(?:tried|done) (?:so far|already|since|until now)\b",
        r"\bby when (?:do|would|should|must|did) you\b|\bhow (?:has|does|did) (?:this|it) affect(?:ed)? you",
        r"\bwhat (?:matters|would matter|is|would be) (?:the )?most (?:important )?(?:to|for) you\b",
        r"\bwhat (?:do|would|did) you (?:need|want|hope to use) (?:it|this|that|them|the [\w ]{2,40}) for\b",
        _joined(
            r"\b(?:it|that) sounds (?:as if|as though|like) (?:you(?:'re| are|'ve| have| feel| want)|this|there's)\b",
            r"(?! (?:not|no|never|reading|all|just reading|the same|a (?:bot|robot|template|machine)))",
        ),
        _joined(
            r"\bi can (?:imagine|see|hear|tell) (?:that |how |why )?",
            r"(?:you(?:'re| are|'ve| have)?|this|it) (?:must|feel|been|waiting|frustrat|upset|worr)",
        ),
        _joined(
            r"\b(?:that|this|it|you) must (?:be|feel|have been)(?: so| very| really| quite)? ",
            r"(?:hard|frustrat\w+|difficult|stress\w+|upset\w*|exhaust\w+|worr\w+|anxious|angry|awful|lonely|",
            r"disappoint\w+|tir\w+)\b",
        ),
        _joined(
            r"\b(?:i wonder if|could it be that|am i right that|perhaps|maybe) you(?:'re| are) ",
            r"(?:afraid|worried|anxious|uneasy|scared|ashamed|embarrassed|concerned)",
        ),
        r"\bhave i (?:got|understood) (?:that|it|you|this|all)(?: \w+)? right\b",
        r"\b(?:from|on|at) our (?:side|end)\b|\bhere is (?:my plan|what (?:i|we) (?:can|will))",
    )
)
_MACHINE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bas an? (?:ai|a\.i\.|artificial intelligence|language model|large language model|chatbot|llm)\b",
        _joined(
            r"\b(?:i am|i'm)(?: just| only| actually)? an? (?:ai|a\.i\.|language model|large language model|llm|",
            r"chatbot|bot|virtual assistant|ai assistant|machine|program|simulation)\b",
        ),
        _joined(
            r"\b(?:large )?language models?\b|\brole-?play(?:ing|s|ed)?\b|\bstage directions?\b|\bsystem (?:prompt|",
            r"message)\b",
        ),
        r"\b(?:my (?:system )?|system |previous |above )prompts?\b",
        _joined(
            r"\bmy (?:(?:original|previous|system) instructions|instructions (?:say|are|were|forbid|tell|do|don't)|",
            r"programming|training data)\b",
        ),
        r"\b(?:in|out of|break(?:ing)?|stay(?:ing)? in) character\b",
        _joined(
            r"\bi (?:cannot|can't|am unable to|am not able to|'m unable to|'m not able to) ",
            r"(?:fulfil+|comply with|assist with|help with|generate|continue with) (?:that|this|your|the)\b",
        ),
        r"\b(?:openai|chatgpt|gpt-?\d|anthropic|claude (?:ai|code)|simulated|simulator|the trainee|fictional)\b",
        _joined(
            r"\bhere(?:'s| is) (?:the|a|an|my|his|her|their) (?:next |rewritten |reworded |possible )?",
            r"(?:message|response|reply|rewrite|version)\b",
        ),
        r"^\s*(?:sure|certainly|of course|okay|ok)[,!.:]? here(?:'s| is)\b",
        r"\bin (?:my|her|his|their) own words\b",
    )
)
_META = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"\[[^\]\n]{1,200}\]|\[[^\]\n]*$",
        r"\*[^*\n]{1,200}\*|^\s*\*|\*\*|__",
        r"```|`[^`\n]+`|</?[a-z!|][^>\n]*>?|<\|",
        r"^\s*#{1,6}\s|^\s*---",
        r"^\s*[{}]|\"\w+\"\s*:|\{\{|\}\}",
        _joined(
            r"\((?:angrily|bitterly|calmly|coldly|hesitantly|impatiently|nervously|quietly|sarcastically|softly|",
            r"sigh\w*|paus\w*|laugh\w*|typ(?:es|ing)\w*|frown\w*|visibly [^)]*|voice [^)]*|",
            r"in an? [^)]*(?:tone|voice)|(?:clearly |very |a bit )?(?:frustrated|anxious|angry|annoyed|relieved|",
            r"calm)[^)]*)\)",
        ),
        r"\bdata-[0-9a-f]{6,}",
    )
)
_SPEAKERS = ("customer", "agent", "trainee", "support", "user", "assistant", "system", "human", "ai", "representative",
             "client", "caller", "bot", "response", "message", "reply", "output", "answer")  # fmt: skip
_TELLS = r"(?:is|was|has|had|says|said|writes|wrote|feels|felt|does|will|would|wants|needs|looks|sighs|replies)"
_BEGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _joined(
            r"\b(?:please|can you|could you|will you|would you)(?: \w+){0,2} (?:help|stay|wait|check|fix|tell me|",
            r"try|look|don't go|answer)\b",
        ),
        r"\b(?:i'll|i will|i'm|i am) (?:wait|waiting|stay|staying|be here|listening)\b",
        _joined(
            r"\b(?:looking forward|look forward) to (?:your|hearing)\b|\blet me know\b|\bwhat (?:happens|",
            r"are you going to do) now\b",
        ),
    )
)
_GOES = re.compile(
    r"\b(?:good-?bye|bye(?:[- ]bye)?(?: now)?(?=[.!,]|$)|have a (?:nice|good|great|lovely) (?:day|evening|one|"
    r"weekend|night)|"
    r"i(?:'m| am) (?:leaving|closing) (?:now|this chat|the chat)|that(?:'s| is) all (?:i|"
    r"we) need(?:ed)?(?: today)?(?=[.!]|$))",
    re.IGNORECASE,
)


def spoke_as_the_agent(text: str, grounds: Grounds) -> list[SpeechFault]:
    """Offers of help, apologies for the company, questions for account details, a company's signature.

    What stands in quotation marks is somebody else's talk: customers quote stock phrases back.
    """
    own = _without_quotes(_straight(text))
    found = _quoted(_AGENT, own)
    company = re.escape(grounds.company)
    if match := re.search(
        rf"(?:^|\n|regards,?|sincerely,?)\s*(?:the |your )?(?:{company}|customer)"
        rf"(?: (?:customer|support|service|care|team|help))*[.!]?\s*$",
        own,
        re.IGNORECASE,
    ):
        found.append(match.group().strip())
    found += [match.group() for match in re.finditer(rf"\b(?:welcome to|here at|we at) {company}", own, re.IGNORECASE)]
    return _as_faults(SpeechFaultKind.ROLE_FLIP, found, grounds)


def broke_character(text: str, grounds: Grounds) -> list[SpeechFault]:
    """Spoke as a machine or about the scene; asked to go on while leaving; or left without having decided to."""
    own = _straight(text)
    found = _quoted(_MACHINE, own)
    if grounds.leaving:
        found += _quoted(_BEGS, own)
    elif match := _GOES.search(_without_quotes(own)):
        found.append(match.group())
    return _as_faults(SpeechFaultKind.OUT_OF_CHARACTER, found, grounds)


def spoke_in_stage_directions(text: str, grounds: Grounds) -> list[SpeechFault]:
    """Brackets, asterisks, markup, JSON, names with a colon before a message, and telling of oneself by name."""
    found = _quoted(_META, text)
    labels = "|".join(re.escape(label) for label in (*grounds.labels, *_SPEAKERS))
    found += [
        match.group().strip()
        for match in re.finditer(rf"(?:^|(?<=[.!?])\s+)(?:{labels})\s*:", text, re.IGNORECASE | re.MULTILINE)
    ]
    names = "|".join(re.escape(label) for label in grounds.labels if label != grounds.company)
    if names and (match := re.search(rf"\b(?:{names})(?:['’]s (?:next )?(?:message|reply)| {_TELLS})\b", text)):
        found.append(match.group())
    return _as_faults(SpeechFaultKind.META, found, grounds)


def _straight(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")


def _without_quotes(text: str) -> str:
    return re.sub(r"[\"“][^\"“”]{1,160}[\"”]", "“”", text)


def _quoted(patterns: Iterable[re.Pattern[str]], text: str) -> list[str]:
    return [match.group().strip() for pattern in patterns if (match := pattern.search(text))]


def _as_faults(kind: SpeechFaultKind, quotes: Iterable[str], grounds: Grounds) -> list[SpeechFault]:
    """Each at most once; what the authored line says as well is none."""
    line = _straight(grounds.line).lower()
    return [SpeechFault(kind=kind, quote=quote[:120]) for quote in dict.fromkeys(quotes) if quote.lower() not in line]
