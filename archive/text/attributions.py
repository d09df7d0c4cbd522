"""Sentences that say on whose word they stand: "according to", a verb of saying, a quotation with such a verb.

English, Russian and Ukrainian. Words without a source ("reportedly") are none of them: there nobody is named.
"""

import re
from dataclasses import dataclass

from archive.text.sentences import sentences

_CUES = re.compile(
    r"\b(?:"
    r"according to|in the words of|citing|cited by|quoting|quoted by|with reference to|as reported by|reported by"
    r"|(?:has |have |had )?(?:said|says|told|tells|stated|states|reported|reports that|announced|announces|wrote|writes"
    r"|noted|notes that|added that|claimed|claims that|disclosed|revealed|estimated|estimates that|confirmed|denied"
    r"|declared|boasted|alleged|testified)"
    r"|по (?:его |ее |её |их )?(?:словам|данным|информации|сведениям|подсчетам|подсчётам|оценкам?)"
    r"|со ссылкой на|ссылаясь на|согласно"
    r"|(?:об этом |как )?(?:сообщ(?:ил|ает|ают|алось|ила|или|ило)|переда(?:ет|ёт|ют|л|ла|ли)|пиш(?:ет|ут))"
    r"|(?:за|под)яв(?:ил|ила|или|ляет|ляют)|рассказ(?:ал|ала|али|ывает|ывают)|говор(?:ит|ят|ил|ила|или)|сказал[аи]?"
    r"|отмет(?:ил|ила|или)|отмечает(?:ся)?|утвержда(?:ет|ют|л|ла|ли)|подчеркнул[аи]?|уточнил[аи]?"
    r"|за (?:його |її |їх |їхніми )?(?:словами|даними|інформацією|оцінками|підрахунками)|з посиланням на|посилаючись на"
    r"|згідно (?:з|із)|(?:про це |як )?(?:повідом(?:ив|ила|или|ляє|ляють)|переда(?:є|ють|в|ла)|пиш(?:е|уть))"
    r"|заяв(?:ив|ила|или|ляє|ляють)|розпові(?:в|ла|ли|дає)|говорить|сказав|зазнач(?:ив|ила|или|ає)|стверджу(?:є|ють|вав)"
    r"|наголос(?:ив|ила|или)|уточни(?:в|ла|ли)"
    r")\b",
    re.IGNORECASE,
)
# Said of anything, unless words stand in quotation marks beside it.
_WITH_QUOTATION = re.compile(
    r"\b(?:argued|advocated|explained|explains|insisted|warned|warns|concluded|proposed|recalled|asked|replied|admitted"
    r"|described|called|объяснил[аи]?|предупредил[аи]?|добавил[аи]?|вспомина(?:ет|л|ла)|признал[аи]?|считает"
    r"|пояснив|пояснила|попередив|попередила|додав|додала|згадує|визнав|визнала|вважає)\b",
    re.IGNORECASE,
)
_QUOTATION = re.compile(r"“[^”]{8,}|«[^»]{8,}|„[^“”]{8,}|\"[^\"]{8,}\"")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A sentence, [start, end), and the first words in it that name a source for what it says."""

    start: int
    end: int
    cue_start: int
    cue_end: int


def attributions(text: str) -> list[Attribution]:
    """Find the sentences of a text that are told on somebody's word, in order."""
    found = []
    for start, end in sentences(text):
        cue = _CUES.search(text, start, end)
        if cue is None and _QUOTATION.search(text, start, end):
            cue = _WITH_QUOTATION.search(text, start, end)
        if cue is not None:
            found.append(Attribution(start, end, *cue.span()))
    return found
