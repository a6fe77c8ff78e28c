"""Spellings that mean the same: shorthand, lost apostrophes, contractions, number words, and words often mistyped."""

SHORTHAND: dict[str, str] = {
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "plse": "please", "thx": "thanks",
    "tnx": "thanks", "thanx": "thanks", "ty": "thanks", "bc": "because", "cuz": "because", "coz": "because",
    "cos": "because", "cause": "because", "wat": "what", "wen": "when", "hw": "how", "nr": "number",
    "nbr": "number", "abt": "about", "dont": "do not", "cant": "can not", "cannot": "can not", "im": "i am",
    "ive": "i have", "wont": "will not", "thats": "that is", "whats": "what is", "hows": "how is",
    "wheres": "where is", "whos": "who is", "youre": "you are", "youve": "you have", "youll": "you will",
    "theyre": "they are", "lets": "let us", "didnt": "did not", "doesnt": "does not", "isnt": "is not",
    "wasnt": "was not", "werent": "were not", "havent": "have not", "hasnt": "has not", "hadnt": "had not",
    "couldnt": "could not", "wouldnt": "would not", "shouldnt": "should not", "arent": "are not",
    "theres": "there is", "gonna": "going to", "wanna": "want to", "gotta": "got to", "gimme": "give me",
    "lemme": "let me", "info": "information", "mins": "minutes", "min": "minutes", "hrs": "hours",
    "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "msg": "message", "acct": "account",
    "ok": "okay", "k": "okay", "kk": "okay", "ya": "you", "yr": "your", "yeah": "yes", "yep": "yes",
    "recieve": "receive", "recieved": "received", "wich": "which", "becouse": "because", "becuase": "because",
    "realy": "really", "sory": "sorry", "sorri": "sorry", "teh": "the", "adn": "and", "untill": "until",
    "freind": "friend", "wierd": "weird", "alot": "a lot", "thier": "their", "happend": "happened",
    "tryed": "tried", "allready": "already", "centre": "center", "cancelled": "canceled", "programme": "program",
    "programmes": "programs", "colour": "color", "apologise": "apologize", "realise": "realize",
    "organise": "organize", "prioritise": "prioritize", "summarise": "summarize", "cheque": "check",
    "informations": "information", "advices": "advice", "softwares": "software", "equipments": "equipment",
}  # fmt: skip
"""A token as it is typed, and the words it stands for."""

CONTRACTIONS: tuple[tuple[str, str], ...] = (
    ("can't", "can not"), ("won't", "will not"), ("shan't", "shall not"), ("let's", "let us"), ("y'all", "you all"),
    ("it's", "it is"), ("that's", "that is"), ("what's", "what is"), ("there's", "there is"), ("here's", "here is"),
    ("he's", "he is"), ("she's", "she is"), ("who's", "who is"), ("how's", "how is"), ("where's", "where is"),
    ("when's", "when is"), ("why's", "why is"), ("o'clock", "oclock"), ("ma'am", "madam"),
)  # fmt: skip

CONTRACTION_ENDS: tuple[tuple[str, str], ...] = (
    ("n't", " not"), ("'ll", " will"), ("'ve", " have"), ("'re", " are"), ("'m", " am"), ("'d", " would"), ("'s", ""),
)  # fmt: skip

NUMBER_WORDS: dict[str, str] = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30",
    "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "noon": "12", "midday": "12",
}  # fmt: skip
"""Compared as numbers, while the words stay as they are for phrases."""

MENDED: tuple[str, ...] = (
    "apologize", "apologies", "frustrating", "frustrated", "frustration", "annoying", "annoyed", "worried",
    "worrying", "understand", "understood", "understanding", "happened", "question", "questions", "because",
    "tomorrow", "appointment", "refund", "replacement", "immediately", "personally", "imagine", "stressful",
    "stressed", "disappointed", "disappointing", "exhausting", "embarrassing", "embarrassed", "inconvenience",
    "trying", "hoping", "affect", "affected", "important", "information", "correct", "correctly", "please",
    "should", "colleague", "department", "transfer", "policy", "unfortunately", "definitely", "difficult",
    "problem", "wonder", "wondering", "anxious", "nervous", "concerned", "describe", "explain", "sounds",
    "waiting", "minutes", "deadline", "priority", "afraid", "pressure", "tiring",
)  # fmt: skip
"""Words that patterns need, found again behind one slip of the finger."""

NOT_MENDED: frozenset[str] = frozenset({
    "should", "sound", "wonders", "wander", "wandering", "happens", "police", "polices", "waiting", "baiting",
    "frying", "crying", "drying", "hoping", "hopping", "coping", "roping", "effect", "effected", "problems",
    "minute", "minutes", "describes", "explains", "rewind", "refunds", "corrects", "questioned", "imagined",
    "imagines", "colleagues", "departments", "transfers", "deadlines", "pressures", "understands", "mounds",
    "pounds", "rounds", "bounds", "hounds", "wounds", "shoulder", "firing", "timing", "hiring", "tying", "prying",
    "replacements", "appointments", "wanting", "writing", "wailing", "connect", "connects", "collect", "leases",
    "pleased", "pleases", "phase", "afield", "refunded", "corrected", "wondered", "wonderin", "question",
    "affects", "effects", "affirm", "worries", "married", "hurried", "carried", "buried", "varied", "stresses",
    "policies",
})  # fmt: skip
"""English words that look like a slip of one of those and are none."""
