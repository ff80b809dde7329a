"""Other languages are refused with a sentence that says so; English is read whatever names it holds."""

from __future__ import annotations

import pytest

from graph.errors import NotEnglish
from graph.text.language import ENOUGH, check

OTHER = {
    "fr": "Le ministre des Finances a annoncé mardi que le gouvernement ne relèverait pas les impôts cette "
    "année. Les syndicats ont appelé à la grève dans toutes les villes du pays, et la police a fermé "
    "plusieurs rues de la capitale.",
    "de": "Der Finanzminister hat am Dienstag angekündigt, dass die Regierung die Steuern in diesem Jahr "
    "nicht erhöhen wird. Die Gewerkschaften riefen in allen Städten des Landes zum Streik auf, und die "
    "Polizei sperrte mehrere Straßen.",
    "es": "El ministro de Hacienda anunció el martes que el gobierno no subirá los impuestos este año. Los "
    "sindicatos convocaron una huelga en todas las ciudades del país y la policía cerró varias calles de "
    "la capital.",
    "it": "Il ministro delle Finanze ha annunciato martedì che il governo non aumenterà le tasse quest'anno. "
    "I sindacati hanno proclamato uno sciopero in tutte le città del paese e la polizia ha chiuso molte "
    "strade.",
    "nl": "De minister van Financiën kondigde dinsdag aan dat de regering de belastingen dit jaar niet zal "
    "verhogen. De vakbonden riepen in alle steden van het land op tot een staking, en de politie sloot "
    "straten af.",
    "da": "Finansministeren meddelte tirsdag, at regeringen ikke vil hæve skatterne i år. Fagforeningerne "
    "opfordrede til strejke i alle landets byer, og politiet lukkede flere gader i hovedstaden for trafik.",
    "pl": "Minister finansów ogłosił we wtorek, że rząd nie podniesie w tym roku podatków. Związki zawodowe "
    "wezwały do strajku we wszystkich miastach kraju, a policja zamknęła wiele ulic w stolicy.",
    "id": "Menteri Keuangan mengumumkan pada hari Selasa bahwa pemerintah tidak akan menaikkan pajak tahun "
    "ini. Serikat pekerja menyerukan pemogokan di semua kota, dan polisi menutup beberapa jalan di ibu kota.",
}
SCRIPTS = {
    "ru": "Министр финансов объявил во вторник, что правительство не будет повышать налоги в этом году.",
    "zh": "财政部长周二宣布,政府今年不会提高税收。工会呼吁在全国所有城市举行罢工。",
    "ar": "أعلن وزير المالية يوم الثلاثاء أن الحكومة لن ترفع الضرائب هذا العام.",
    "el": "Ο υπουργός Οικονομικών ανακοίνωσε την Τρίτη ότι η κυβέρνηση δεν θα αυξήσει τους φόρους φέτος.",
    "hi": "वित्त मंत्री ने मंगलवार को घोषणा की कि सरकार इस साल कर नहीं बढ़ाएगी।",
}
SHORT = {
    "de": "Die Bundesregierung hat am Dienstag neue Sanktionen gegen Kestria beschlossen.",
    "fr": "Le ministre a démissionné mardi. Ils ont voté contre la loi.",
    "nl": "De minister heeft dinsdag in Den Haag een akkoord getekend met de vakbonden.",
}
ENGLISH = {
    "plain": "The finance minister said on Tuesday that the government would not raise taxes this year. "
    "Unions called for a strike in every city, and the police closed several streets of the capital.",
    "names": "Paweł Adamowicz met Łukasz Szumowski, Andrzej Duda and Małgorzata Kidawa-Błońska in Gdańsk. "
    "Szumowski told Rzeczpospolita that Władysław Kosiniak-Kamysz and Grzegorz Schetyna had left Łódź.",
    "quotation": "The minister said “мы не уйдём”, and left the room. His party had asked him to stay until "
    "the vote, which is planned for Monday; 罢工 was written on the banner behind him in large letters.",
    "telegram": "Stocks fell. Oil rose. Gold rose 2%. Nordane Energy fell 4.1%; Oceanlink Grid gained 7%. "
    "Dollar weaker against yen, euro. Bonds steady. Trading thin ahead of jobs report due Friday, analysts "
    "said.",
    "short": "Xi visits Moscow.",
    "capitals": "THE MINISTER SAID ON TUESDAY THAT THE GOVERNMENT WOULD NOT RAISE TAXES THIS YEAR, AND THAT "
    "THE UNIONS HAD CALLED FOR A STRIKE IN EVERY CITY OF THE COUNTRY.",
}


@pytest.mark.parametrize("language", OTHER)
def test_another_language_is_refused(language: str) -> None:
    assert len(OTHER[language]) > ENOUGH
    with pytest.raises(NotEnglish, match=rf"language '{language}'; newsgraph reads English only"):
        check(OTHER[language])


@pytest.mark.parametrize("language", SHORT)
def test_another_language_is_refused_in_a_sentence(language: str) -> None:
    with pytest.raises(NotEnglish, match=rf"language '{language}'"):
        check(SHORT[language])


@pytest.mark.parametrize("language", SCRIPTS)
def test_another_script_is_refused(language: str) -> None:
    with pytest.raises(NotEnglish, match="another script"):
        check(SCRIPTS[language])


@pytest.mark.parametrize("kind", ENGLISH)
def test_english_is_read(kind: str) -> None:
    check(ENGLISH[kind])


@pytest.mark.parametrize("text", ["", "12345", "!!!", "Le ministre.", "🙂🙂🙂", "Hola"])
def test_too_little_to_tell_is_read(text: str) -> None:
    check(text)


def test_long_text_is_judged_by_its_beginning() -> None:
    check(ENGLISH["plain"] * 20_000)
    with pytest.raises(NotEnglish):
        check(OTHER["fr"] * 20_000)
