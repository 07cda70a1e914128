"""A need is found by words of its own too: the kept texts get one more of each need."""

from importlib import import_module

from django.db import migrations, models

before = import_module("network.migrations.0017_directory_text_triggers")

NEED = ("network_need", "id", {"name": "{0}.name", "family": "{0}.family_words", "words": "{0}.search_words"})

# The needs of the network that the service begins with.
SEARCH_WORDS = {
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


def with_words() -> str:
    old = before.SOURCES["need"]
    before.SOURCES["need"] = NEED
    try:
        return f"""
            {before.everything().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")}
            {before.forget("need")}
            {before.keep("need")}
        """
    finally:
        before.SOURCES["need"] = old


def without_words() -> str:
    return f"""
        {before.everything().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")}
        {before.forget("need")}
        {before.keep("need")}
        DELETE FROM network_directorytext WHERE source = 'need' AND field = 'words';
    """


def fill(apps, schema_editor) -> None:
    Need = apps.get_model("network", "Need")
    for name, words in SEARCH_WORDS.items():
        Need.objects.filter(name=name, search_words="").update(search_words=words)


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0025_supervisors"),
    ]

    operations = [
        migrations.AddField(
            model_name="need",
            name="search_words",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=500, verbose_name="hakusanat"
            ),
        ),
        migrations.RunSQL(with_words(), without_words()),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
