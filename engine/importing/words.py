"""Why something of another tool was left out or not taken over, and what to do, in Swedish and English.

What it is about stands before the sentence, in code. `{}` in a remedy is a name or an expression that fits there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Words = tuple[str, str]

LEFT_OUT: Final[Mapping[str, Words]] = {
    "another-tool": (
        "hör till ett annat verktyg och säger inget om vad som ska hända.",
        "belongs to another tool and says nothing about what is to happen.",
    ),
    "bindings": (
        "här gäller alltid det som driftsattes tillsammans med processen.",
        "here what was deployed together with the process always holds.",
    ),
    "business-key": (
        "ett ärende har ett nummer och behöver ingen egen nyckel.",
        "a case has a number and needs no key of its own.",
    ),
    "drawing": ("gäller bara ritningen.", "is about the drawing only."),
    "empty": ("är tomt och betyder inget.", "is empty and means nothing."),
    "expression-language": (
        "här är FEEL språket, och inget annat behöver nämnas.",
        "here FEEL is the language, and no other needs to be named.",
    ),
    "flows": (
        "finns inte, eller är ett flöde som inte går där; sekvensflödena gäller.",
        "is not there, or is a flow that does not lead there; the sequence flows count.",
    ),
    "history": (
        "hur länge historik sparas bestäms inte i diagrammet.",
        "how long history is kept is not decided in the diagram.",
    ),
    "immediate": (
        "inga steg som inte är ritade görs emellan här.",
        "no steps that are not drawn are done in between here.",
    ),
    "lane": ("finns inte i processen.", "is not in the process."),
    "layout": (
        "hur fälten ligger på skärmen avgörs här av formuläret självt.",
        "how fields lie on the screen is decided by the form itself here.",
    ),
    "metadata": (
        "egenskaper för andra program har ingen verkan här.",
        "properties for other programs have no effect here.",
    ),
    "not-executable": (
        "processen körs inte; dess pool är en part utanför.",
        "the process is not executable; its pool is a party outside.",
    ),
    "retries": (
        "ett misslyckat steg blir en incident som en människa provar om.",
        "a step that fails becomes an incident that a person tries again.",
    ),
    "template": ("modelleringsmallar har ingen verkan här.", "templates of the modeler have no effect here."),
    "tests": (
        "enhetstester skrivs här som scenarier.",
        "unit tests are written as scenarios here.",
    ),
    "transactions": (
        "här sparas varje steg helt eller inte alls, i en transaktion.",
        "here each step is stored whole or not at all, in one transaction.",
    ),
    "unknown-attribute": (
        "finns inte i BPMN, så ingen kan veta vad det skulle betyda.",
        "is not in BPMN, so nobody can tell what it was to mean.",
    ),
    "unused": ("används inte av processen.", "is not used by the process."),
    "user-task-kind": (
        "alla uppgifter sköts av motorn själv.",
        "all tasks are kept by the engine itself.",
    ),
    "version": ("versioner räknas här vid driftsättningen.", "versions are counted at deployment here."),
}

REFUSED: Final[Mapping[str, tuple[Words, Words]]] = {
    "all-variables": (
        ("alla data följer inte med av sig själva.", "data are not all passed on by themselves."),
        (
            "Skriv en stegvis:input för varje namn som den anropade behöver, och en stegvis:output för varje den ger.",
            "Write a stegvis:input for each name that the called process needs, and a stegvis:output for each that it gives.",
        ),
    ),
    "calculated-text": (
        ("en text här räknas inte ut.", "a text is not calculated here."),
        (
            "Skriv den utan variabler; det som ska läsas visas i formuläret.",
            "Write it without variables; what is to be read is shown in the form.",
        ),
    ),
    "called-expression": (
        ("vad som anropas eller beslutas kan inte räknas ut.", "what is called or decided cannot be calculated."),
        ("Rita ett vägval med ett steg för varje möjlighet.", "Draw a gateway with one step for each possibility."),
    ),
    "code": (
        ("kod från det andra verktyget körs aldrig här.", "code of the other tool is never run here."),
        (
            "Välj en hanterare (stegvis:handler), eller rita det med skript, beslut och uppgifter.",
            "Choose a handler (stegvis:handler), or draw it with scripts, decisions and tasks.",
        ),
    ),
    "collected": (
        ("listan kunde inte tas över.", "the list could not be taken over."),
        (
            "Skriv stegvis:collection med FEEL och stegvis:item med ett namn.",
            "Write stegvis:collection in FEEL and stegvis:item with a name.",
        ),
    ),
    "cron": (
        ("är ingen tid i ISO 8601.", "is no time of ISO 8601."),
        ("Skriv tiden som R/P1D eller PT4H, eller som FEEL.", "Write the time as R/P1D or PT4H, or as FEEL."),
    ),
    "cmmn": (
        ("ärenden enligt CMMN finns inte här.", "there are no CMMN cases here."),
        ("Rita det som en process med en ad hoc-delprocess.", "Draw it as a process with an ad-hoc sub-process."),
    ),
    "conditional-filter": (
        (
            "här frågas villkoret så snart något av ärendets data ändras, inte bara vissa namn.",
            "here the condition is asked as soon as any data of the case change, not some names only.",
        ),
        (
            "Skriv i villkoret självt vad som ska gälla, och ta bort filtret.",
            "Say in the condition itself what is to hold, and remove the filter.",
        ),
    ),
    "correlation": (
        (
            "inget säger vilket ärende meddelandet är till.",
            "nothing says which case the message is for.",
        ),
        (
            "Ge meddelandet stegvis:correlation med det som skiljer ärendena åt, till exempel {}.",
            "Give the message a stegvis:correlation with what tells cases apart, such as {}.",
        ),
    ),
    "decision-result": (
        (
            "ett beslut ger här sitt värde självt: ett värde, en kontext för flera utdata, en lista för COLLECT.",
            "a decision gives its value itself here: one value, a context for several outputs, a list for COLLECT.",
        ),
        ("Se efter att uttryck som läser {} gör det så.", "See that expressions that read {} do so."),
    ),
    "error-variable": (
        ("ett fel eller en eskalering för inga data med sig.", "an error or escalation carries no data."),
        (
            "Skriv värdet före felet, till ett namn i ärendets data.",
            "Write the value before the error, to a name in the case data.",
        ),
    ),
    "expression": (
        ("Uttrycket", "The expression"),
        (
            "Skriv det i FEEL, efter ett likhetstecken.",
            "Write it in FEEL, after an equals sign.",
        ),
    ),
    "form-expression": (
        ("vilket formulär som visas kan inte räknas ut.", "which form is shown cannot be calculated."),
        ("Rita en uppgift för varje formulär.", "Draw a task for each form."),
    ),
    "form-field": (
        ("fältet kunde inte göras om.", "the field could not be converted."),
        ("Skriv det för hand i formulärets schema.json och texter.", "Write it by hand in the form's schema.json and texts."),
    ),
    "form-missing": (
        ("formulärets fält finns inte i filen.", "the fields of the form are not in the file."),
        ("Skriv formuläret i mappen {}.", "Write the form in the folder {}."),
    ),
    "groups": (
        (
            "grupper anges här med namn, utan uttryck och mellanslag.",
            "groups are given by name here, without expressions and spaces.",
        ),
        ("Skriv stegvis:groups, eller lägg uppgiften i en bana.", "Write stegvis:groups, or put the task in a lane."),
    ),
    "guest": (
        ("en uppgift görs alltid av någon som är inloggad.", "a task is always done by somebody who is signed in."),
        ("Ta emot det som ett meddelande utifrån i stället.", "Receive it as a message from outside instead."),
    ),
    "headers": (
        ("rubriker till en arbetare finns inte här.", "there are no headers for a worker here."),
        ("Ge hanteraren värdena som stegvis:input.", "Give the values to the handler as stegvis:input."),
    ),
    "input-order": (
        (
            "läser vad en tidigare inmatning skriver; här räknas alla för sig.",
            "reads what an input before it writes; here each is calculated on its own.",
        ),
        ("Skriv hela uttrycket i denna inmatning.", "Write the whole expression in this input."),
    ),
    "input-output": (
        ("lokala värden kring detta element finns inte här.", "there are no local values around this element here."),
        ("Skriv värdet i en skriptuppgift före eller efter.", "Write the value in a script task before or after."),
    ),
    "listener": (
        ("lyssnare finns inte här; det som ska hända ritas.", "there are no listeners here; what is to happen is drawn."),
        ("Rita ett steg före eller efter.", "Draw a step before or after."),
    ),
    "local": (
        ("ett namn betyder här detsamma i hela ärendet.", "a name means the same in the whole case here."),
        ("Skriv en stegvis:input med det värde som menas.", "Write a stegvis:input with the value that is meant."),
    ),
    "message-job": (
        ("händelsen skickar sitt meddelande själv här.", "the event sends its message itself here."),
        (
            "Ge meddelandet stegvis:correlation, och händelsen stegvis:input för det som meddelandet för med sig.",
            "Give the message stegvis:correlation, and the event a stegvis:input for each value that the message carries.",
        ),
    ),
    "payload": (
        ("vad meddelandet för med sig skrivs namn för namn.", "what the message carries is written name by name."),
        (
            "Skriv en stegvis:output (mottagaren) eller stegvis:input (avsändaren) för varje värde.",
            "Write a stegvis:output (receiver) or stegvis:input (sender) for each value.",
        ),
    ),
    "name-expression": (
        (
            "är ett uttryck, och namn och koder är här det som står.",
            "is an expression, and names and codes are here what is written.",
        ),
        (
            "Skriv namnet. Det som skiljer ärenden åt sägs av nycklar (stegvis:correlation).",
            "Write the name. What tells cases apart is said by keys (stegvis:correlation).",
        ),
    ),
    "script": (
        ("skriptet görs inte om.", "the script is not converted."),
        (
            "Rita en skriptuppgift på samma ställe, med en FEEL-kontext som {}.",
            "Draw a script task in that place, with a FEEL context such as {}.",
        ),
    ),
    "script-result": (
        ("skriptets värde skrivs ingenstans.", "the value of the script is written nowhere."),
        ("Skriv en FEEL-kontext, till exempel `{{result: …}}`.", "Write a FEEL context such as `{{result: …}}`."),
    ),
    "skipped": (
        ("inget steg hoppas över av sig självt här.", "no step is skipped by itself here."),
        ("Rita en grindväg med en väg förbi.", "Draw a gateway with a way past it."),
    ),
    "target": (
        ("är inget namn som går att skriva här.", "is no name that can be written here."),
        (
            "Använd bokstäver, siffror och _. Flera medlemmar av ett namn skrivs som en kontext.",
            "Use letters, digits and _. Several members of one name are written as one context.",
        ),
    ),
    "unknown": (
        ("finns inte här och kan ha en verkan som går förlorad.", "does not exist here and may have an effect that is lost."),
        ("Rita vad som ska hända, och ta bort det.", "Draw what is to happen, and remove it."),
    ),
    "users": (
        ("vilka som får göra en uppgift sägs här med grupper.", "who may do a task is said by groups here."),
        (
            "Skriv stegvis:groups, eller stegvis:assignee om det är en person.",
            "Write stegvis:groups, or stegvis:assignee if it is one person.",
        ),
    ),
    "version": (
        ("versionsnummer från det andra verktyget betyder inget här.", "version numbers of the other tool mean nothing here."),
        ("Skriv stegvis:version när processen är driftsatt.", "Write stegvis:version when the process is deployed."),
    ),
    "retries": (
        ("säger inte här hur ofta det provas.", "does not say here how often it is tried."),
        ("Skriv stegvis:retries med ett tal från 1 till 100.", "Write stegvis:retries with a number from 1 to 100."),
    ),
    "topic": (
        (
            "det systemet får bara det som skrivs här, och hämtar sina jobb här.",
            "that system gets only what is written here, and fetches its jobs here.",
        ),
        (
            "Låt det hämta jobb med ämnet {}. Skriv stegvis:input för vad det behöver, stegvis:output för svaret (`result`).",
            "Let it fetch jobs of the topic {}. Write a stegvis:input for what it needs, a stegvis:output for its `result`.",
        ),
    ),
    "topic-name": (
        ("kan inte vara ett ämne här.", "cannot be a topic here."),
        (
            "Skriv stegvis:topic med högst 100 bokstäver, siffror, `.`, `-` och `_`.",
            "Write stegvis:topic with up to 100 letters, digits, `.`, `-` and `_`.",
        ),
    ),
    "worker-output": (
        (
            "vad hanteraren ger heter `result` här, och annat är ärendets data.",
            "what the handler gives is called `result` here, and other names are case data.",
        ),
        ("Skriv till exempel stegvis:output med {}.", "Write for example a stegvis:output with {}."),
    ),
}
