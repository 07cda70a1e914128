"""Words by which each need is looked for, beside its name: nouns, everyday words, some Swedish."""

SEARCH_WORDS: dict[str, str] = {
    "Lapsi ei nuku": (
        "nukkuminen, uni, unirytmi, yöheräily, yöheräilyt, valvominen, nukahtaminen, vauva ei nuku, sömn"
    ),
    "Syöminen on hankalaa": (
        "syöminen, ruokailu, nirso, valikoiva syöminen, imetys, soseet, ruokahalu, paino, maten, amning"
    ),
    "Taapero suuttuu ja lyö": (
        "uhma, uhmaikä, raivokohtaus, kiukku, lyöminen, pureminen, aggressio, rajat, tahtoikä, trots"
    ),
    "Lapsi puhuu vähän": (
        "puhe, puheen kehitys, kielen kehitys, puheterapia, puheterapeutti, änkytys, kuvat, viittomat, tal"
    ),
    "Aamut ja illat ovat raskaita": (
        "arki, rytmi, päivärytmi, aamutoimet, iltatoimet, nukkumaanmeno, kiire, riitely, vardag"
    ),
    "Lapsi ei mene kouluun": (
        "koulupoissaolo, poissaolot, kouluakäymättömyys, koulupinnaus, lintsaaminen, koulupelko, skolfrånvaro"
    ),
    "Oppiminen ei suju": (
        "oppimisvaikeus, lukivaikeus, lukeminen, matematiikka, erityisopetus, tukiopetus, läksyt, inlärning"
    ),
    "Lapsen on vaikea keskittyä": (
        "keskittyminen, tarkkaavuus, adhd, levottomuus, vilkkaus, nepsy, neuropsykiatrinen, koncentration"
    ),
    "Lasta kiusataan": (
        "kiusaaminen, koulukiusaaminen, väkivalta koulussa, nettikiusaaminen, syrjintä, mobbning"
    ),
    "Lapsella ei ole kavereita": (
        "yksinäisyys, kaverit, ystävät, kaveritaidot, harrastus, ulkopuolelle jääminen, ensam"
    ),
    "Nuori voi huonosti": (
        "masennus, ahdistus, mielenterveys, itsetuhoisuus, viiltely, suru, paniikki, jännittäminen, ångest"
    ),
    "Nuori pelaa yöt": (
        "pelaaminen, peliriippuvuus, ruutuaika, kännykkä, puhelin, some, vuorokausirytmi, spelande"
    ),
    "Nuori käyttää päihteitä": (
        "päihteet, alkoholi, huumeet, kannabis, nuuska, sähkötupakka, vape, juominen, missbruk"
    ),
    "Vanhemmat eroavat": (
        "ero, avioero, erotilanne, huoltajuus, tapaamiset, vuoroasuminen, elatus, elatusmaksu, skilsmässa"
    ),
    "Vanhempi on uupunut": (
        "uupumus, väsymys, jaksaminen, vanhemman jaksaminen, synnytyksen jälkeinen masennus, trötthet"
    ),
    "Vauvaperhe kaipaa tukea": (
        "vauva, vauvaperhe, raskaus, synnytys, perhevalmennus, vertaistuki, perhekahvila, baby"
    ),
    "Joku läheinen on kuollut": "suru, kuolema, hautajaiset, menetys, leski, sururyhmä, sorg",
    "Kotona pelätään": (
        "väkivalta, lähisuhdeväkivalta, perheväkivalta, uhkailu, turvakoti, pelko, lyöminen, våld"
    ),
    "Raha ei riitä": (
        "raha, talous, toimeentulo, velat, velkaantuminen, laskut, ruoka-apu, toimeentulotuki, pengar"
    ),
    "Asunto ei sovi perheelle": "asunto, asuminen, vuokra, muutto, ahtaus, häätö, home, bostad",
    "Olemme muuttaneet Suomeen": (
        "maahanmuutto, kotoutuminen, tulkki, suomen kieli, oleskelulupa, pakolainen, invandring"
    ),
    "Olemme yksin asian kanssa": (
        "yksinäisyys, tukiperhe, vertaistuki, mummo ja vaari puuttuvat, keskusteluapu, ensamhet"
    ),
}
