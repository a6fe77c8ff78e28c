"""Words that carry no content, and words that mean nearly the same in customer care."""

STOP_WORDS: frozenset[str] = frozenset(
    """
    a an the this that these those there here it its i me my mine we us our ours you your yours he him his she her
    hers they them their theirs who whom whose which what when where why how and or but if then so than as at by for
    from in into of off on onto out over to up down with without about after before between through during until
    is am are was were be been being do does did done doing have has had having can could will would shall should may
    might must not no yes nor only just also too very really quite rather still yet again ever never always already
    now today get got getting gets go going goes went make makes made let lets say says said see know known think
    want wants wanted like would please thanks thank hello hi hey dear okay well oh ah sorry sir madam some any all
    each every both few more most much many other another such own same one ones thing things something anything
    everything nothing someone anyone way lot bit because while since though although however even right correct
    let tell told ask asked asking help helps helping look looks looking looked need needs needed us sure able kind
    £ $ € s t d m re ve ll per via etc yourself myself himself herself themselves itself
    """.split()  # noqa: SIM905
)

GENERIC: frozenset[str] = frozenset(
    """
    problem issue situation trouble matter case order account service product item customer company team question
    concern experience inconvenience difficulty support request contact message information detail details time
    day days error request answer reply hear understand feel feeling sorry happen happened happens happening work
    works working fix solve sort resolve check help assist wrong bad good best better important new start come comes
    people person take takes taken use used using give given find found keep try tried trying moment soon back call
    called calling write wrote sound sounds imagine must frustrating frustrated frustration annoying annoyed upset
    upsetting stressful stress difficult hard apologize apologies appreciate patience value valued thank
    """.split()  # noqa: SIM905
)
"""Words that would fit nearly any customer: they show no grasp of this one."""

SYNONYMS: tuple[str, ...] = (
    "money cash funds",
    "refund reimburse reimbursement",
    "broken faulty defective damaged bust",
    "late delayed delay overdue lag lagging",
    "update upgrade updated upgraded",
    "phone telephone mobile smartphone handset",
    "email mail e-mail",
    "deadline due cutoff",
    "meeting meet appointment",
    "document documents paper papers file files paperwork",
    "send sent submit submitted upload uploaded forward resend",
    "charge charged bill billed invoice invoiced debit debited",
    "cost costs price expense fee",
    "pay paid payment paying",
    "colleague colleagues coworker coworkers workmate",
    "boss manager supervisor",
    "begin began start started begun",
    "stop stopped stops quit",
    "crash crashed crashes freeze froze frozen hang hung",
    "fail failed fails failing failure",
    "worried worry worrying anxious nervous concerned uneasy anxiety",
    "afraid scared fear frightened terrified dread",
    "angry furious mad cross",
    "tired exhausted exhausting tiring worn draining",
    "ashamed embarrassed embarrassing humiliating awkward",
    "child kid son daughter children kids",
    "car vehicle van",
    "house home flat apartment",
    "buy bought purchase purchased purchasing",
    "arrive arrived arrives arriving delivered delivery deliver",
    "package parcel shipment box",
    "explain explained explaining repeat repeated repeating retell",
    "wait waited waiting",
    "present presentation presenting talk",
    "record recording recorded take takes",
    "sing singing vocal voice vocals",
    "erase erased delete deleted remove removed removing",
    "lose lost losing loss gone vanish vanished disappear disappeared missing",
    "job work employer",
    "hear hearing listen heard",
    "holiday vacation trip travel travelling journey",
    "doctor physician gp",
    "hospital clinic ward",
    "medicine medication pills tablets",
    "mother mum mom",
    "father dad",
    "wife husband partner spouse",
    "funeral burial memorial",
    "night tonight evening evenings",
    "quick quickly fast soon urgent urgently",
    "guests guest visitors visitor",
    "helper helpers volunteer volunteers",
    "person people persons",
    "app application software program",
    "picture photo photos pictures image images",
    "budget kitty",
    "twice double duplicate doubled",
    "laptop computer pc notebook machine",
    "wedding marriage marry",
    "cancel canceled cancelling cancellation",
    "rent rented landlord",
)
"""Each line is one meaning; the first word names it."""
