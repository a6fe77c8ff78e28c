"""Small words by which languages are told apart."""

STRICTLY_ENGLISH: frozenset[str] = frozenset(
    """
    the and you your is are was were have has had with this that what when where how why which will would can could
    should do does did not it's i'm i'll i've we'll let please sorry of for from been be to if my our we they there
    here about because so but know see understand help thank thanks yes okay ok u ur pls
    """.split()  # noqa: SIM905
)
"""Words that count as English even where another language writes them too."""

COMMON_ENGLISH: frozenset[str] = STRICTLY_ENGLISH | frozenset(
    """
    a an as at by in it me no on or up us all any ask get got say tell told want need make sure just like time now out
    go back very more much some good right call order account problem issue happened refund today tomorrow hello hi
    hey then than them these those him his her she he who i am sir phone card sms html mp3 pdf vpn tv pc hmm mhm shh
    """.split()  # noqa: SIM905
)

OTHER_STOPS: dict[str, frozenset[str]] = {
    "de": frozenset(
        """
        ich sie wir ihr und der die das den dem des ein eine einen ist sind war waren haben habe hat hatte nicht mit für
        auf aus bei von zu zum zur dass wenn weil wie was wann wo warum ihre ihnen ihren uns mir mich es im am um noch
        auch aber oder nur schon kann können werden wird wurde bitte danke tut leid gerne guten tag hallo sehr
        """.split()  # noqa: SIM905
    ),
    "fr": frozenset(
        """
        je vous nous il elle et le la les des du un une est sont était avec pour dans sur que qui quoi quand où comment
        pourquoi votre vos notre mon ma mes ne pas plus mais ou donc ce cette ces au aux avez avons suis merci bonjour
        désolé désolée être avoir peux pouvez très bien tout
        """.split()  # noqa: SIM905
    ),
    "es": frozenset(
        """
        yo usted ustedes nosotros y el la los las un una es son está están era con para por en que qué quien cuando
        cuándo donde dónde cómo como porque su sus mi mis no pero o se le les lo muy más gracias hola siento lamento
        puede puedo podemos ha han hemos tiene tengo del al este esta eso buenos días favor
        """.split()  # noqa: SIM905
    ),
    "pt": frozenset(
        """
        eu você nós e o a os as um uma é são está estava com para por em que quem quando onde como porque seu sua meu
        minha não mas ou se lhe muito mais obrigado obrigada olá sinto pode posso podemos tem tenho do da dos das isso
        """.split()  # noqa: SIM905
    ),
    "it": frozenset(
        """
        io lei noi e il lo la i gli le un una è sono era con per in che chi quando dove come perché suo sua mio mia non
        ma o si ci molto più grazie ciao buongiorno dispiace può posso possiamo ha ho abbiamo del della dei al questo
        """.split()  # noqa: SIM905
    ),
    "nl": frozenset(
        """
        ik u wij we jij je en de het een is zijn was met voor op uit bij van naar dat als omdat hoe wat wanneer waar
        waarom uw mijn ons niet maar of nog ook kan kunnen wordt bedankt hallo goedemiddag heb hebt heeft graag spijt
        """.split()  # noqa: SIM905
    ),
    "pl": frozenset(
        """
        ja pan pani my i w z na do że się nie jest są był była co kiedy gdzie jak dlaczego czy ale lub to ten ta dla po
        od przez proszę dziękuję przepraszam mogę może mamy mam bardzo dzień dobry
        """.split()  # noqa: SIM905
    ),
    "tr": frozenset(
        [
            "ben",
            "siz",
            "biz",
            "ve",
            "bir",
            "bu",
            "şu",
            "ne",
            "için",
            "ile",
            "çok",
            "değil",
            "mi",
            "",
            "var",
            "yok",
            "",
            "neden",
            "nerede",
            "ama",
            "merhaba",
            "lütfen",
            "üzgünüm",
            "teşekkür",
            "ederim",
            "olarak",
            "daha",
            "gibi",
            "kadar",
        ]
    ),
}
"""Frequent words by language code."""
