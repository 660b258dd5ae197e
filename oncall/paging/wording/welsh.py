"""The sentences in Welsh, South Wales register. AWAITING A WELSH SPEAKER'S CHECK before real use.

Texts avoid letters outside the alphabet that fits 160 to a segment (circumflexes among them) where Welsh allows it.
"""

WELSH = {
    # Words that others use
    "unknown_number": "rhif anhysbys (unknown number)",
    "young_person": "person ifanc (a young person)",
    "withheld_number": "rhif cudd (unknown number, withheld)",
    "severity_emergency": "argyfwng (emergency)",
    "severity_urgent": "brys (urgent)",
    "severity_concern": "pryder (concern)",
    "severity_routine": "cyffredin (routine)",
    # Pages
    "page": "{ref} {severity}: mae {caller} wedi {how}. Atebwch 1 cymryd, 2 pasio, 3 darllen. {team} {link}",
    "page_again": (
        "{ref} {severity}: dyw {caller} ddim wedi clywed gennych eto. Tecstiwch yma, neu atebwch 1 20 i addo 20 munud,"
        " 2 i basio. {team} {link}"
    ),
    "page_raised": (
        "Mae {ref} nawr yn {severity}: {caller}. Chi sydd yn ei ddal. Atebwch 1 os yw gyda chi, 2 i basio, 3 i ddarllen."
        " {team} {link}"
    ),
    "how_sms": "tecstio",
    "how_voice": "ffonio",
    # A page by call
    "call_page": "Dyma linell ar alwad {team}. Mae {caller} wedi {how}. Mae'n {severity}.",
    "call_page_again": "Dyma linell ar alwad {team}. Dyw {caller} ddim wedi clywed gennych eto. Mae'n {severity}.",
    "call_page_more": "Dyma linell ar alwad {team}. Mae {caller} wedi {how} eto. Mae'n {severity}. Mae gyda chi.",
    "call_keys": "Pwyswch 1 i'w gymryd, 2 i'w basio ymlaen, 3 i glywed beth ysgrifennwyd neu a ddywedwyd.",
    "call_keys_again": "Pwyswch 1 i'w gymryd. 2 i'w basio ymlaen. 3 i glywed beth ysgrifennwyd neu a ddywedwyd.",
    "call_wrote": "Dyma beth ysgrifennwyd:",
    "call_wrote_nothing": "Does dim geiriau i'w darllen.",
    "call_message": "Gadawon nhw'r neges hon.",
    "call_message_not_here": "Gadawon nhw neges, sydd heb ein cyrraedd eto.",
    "call_taken": "Mae gyda chi nawr. Diolch. Rydym wedi tecstio beth i'w wneud nesaf.",
    "call_taken_not_texted": "Mae gyda chi nawr. Diolch. Bydd beth rydych yn tecstio i'r rhif hwn nawr yn mynd atyn nhw.",
    "call_passed_on": "Wedi'i basio ymlaen. Diolch. Nos da.",
    "call_already_taken": "Mae gyda {name} yn barod, ers {time}. Does dim angen mwy gennych chi. Diolch.",
    "call_yours_already": "Mae gyda chi yn barod. Diolch.",
    "call_closed": "Mae wedi'i gau yn barod. Does dim angen mwy gennych chi. Diolch.",
    "call_goodbye": "Ni phwyswyd unrhyw fotwm, felly ni chymerwyd dim. Gallwch ateb trwy neges destun. Hwyl.",
    "severity_spoken_emergency": "argyfwng",
    "severity_spoken_urgent": "fater brys",
    "severity_spoken_concern": "bryder",
    "severity_spoken_routine": "fater cyffredin",
    # Answers to practitioners
    "taken": (
        "Mae {ref} gyda chi, {caller}. Bydd beth rydych yn tecstio yma nawr yn mynd atyn nhw."
        " Cysylltwch o fewn {minutes} munud. 3 i weld beth ysgrifennwyd."
    ),
    "taken_cannot_text": (
        "Mae {ref} gyda chi, {caller}. Mae eu rhif yn gudd, felly does dim modd tecstio na ffonio."
        " Efallai y byddan nhw'n cysylltu eto. 3 i weld beth ysgrifennwyd."
    ),
    "promised": "{ref}: rydych wedi addo cysylltu o fewn {minutes} munud.",
    "held_already": "Mae {ref} gyda chi yn barod. Mae beth rydych yn tecstio yma yn mynd at {caller}.",
    "passed_on": "Mae {ref} wedi'i basio ymlaen. Does dim angen mwy gennych chi.",
    "already_taken": "Mae {ref} gyda {name} ers {time}. Does dim angen mwy gennych chi.",
    "closed": "Mae {ref} wedi cau ers {time}.",
    "no_such_ref": "Does dim {ref} yma. {open}",
    "open_none": "Does dim ar agor i chi.",
    "open_some": "Ar agor i chi: {refs}.",
    "none_open": "Does dim ar agor i chi, felly ni wnaed dim.",
    "not_paged": "Dyw {ref} ddim yn aros amdanoch chi, felly ni wnaed dim.",
    "not_taken": "Does neb wedi cymryd {ref} eto. Mae 1 {ref} yn ei gymryd.",
    "words_not_sent": "Aeth eich geiriau at neb. {why}",
    "which": "Pa un? Ar agor i chi: {refs}. Rhowch y cod wedyn: {example}.",
    "which_to_text": "Rydych yn dal {refs}. Rhowch y cod yn gyntaf, wedyn eich geiriau: {ref} Ar y ffordd.",
    "nothing_held": (
        "Aeth hwn at neb: does dim ar agor gyda chi. Gallwch anfon 1 i gymryd galwad, 2 i'w phasio, 3 i'w darllen."
        " Os oes unrhyw un mewn perygl nawr, ffoniwch 999."
    ),
    "take_first": "Aeth hwn at neb eto. Yn aros amdanoch: {refs}. Atebwch {example} i'w gymryd, wedyn bydd eich negeseuon yn mynd at y galwr.",
    "what_to_send": "1 cymryd galwad, 2 pasio, 3 darllen. Aiff geiriau eraill at y galwr rydych yn ei ddal. Os oes unrhyw un mewn perygl nawr, ffoniwch 999.",
    "pictures_stay": "Aeth eich llun neu ffeil at neb: geiriau yn unig sy'n cael eu hanfon ymlaen.",
    "nobody_to_text": "Daeth {ref} o rif cudd: does dim modd tecstio eich geiriau, ac aethon nhw at neb.",
    "wrong_minutes": "Mae munudau o 1 i 720: {example}. Ni wnaed dim.",
    "empty_text": "Roedd eich neges yn wag, felly ni wnaed dim. 1 cymryd, 2 pasio, 3 darllen.",
    "nothing_written": "{ref}: does dim geiriau i'w dangos.",
    "came_spoken": (
        "{ref}: gadawyd {count} neges lafar. I'w chlywed: cymerwch ef a ffoniwch y rhif hwn, neu pwyswch 3 pan fyddwn yn"
        " eich ffonio."
    ),
    "came_with_media": "{ref}: daeth {count} llun neu ffeil. Maen nhw'n cael eu cadw; bydd modd eu gweld wrth fewngofnodi.",
    "relay": "{ref}: {words}",
    "relay_notice": "{ref}: mae {caller} wedi ysgrifennu eto. 3 i'w weld.",
    "relay_empty": "{ref}: anfonodd {caller} neges heb eiriau ynddi.",
    "relay_media": "{ref}: anfonodd {caller} {count} llun neu ffeil.",
    "relay_not_delivered": "{ref}: ni chyrhaeddodd eich neges {caller}. Ffoniwch nhw, neu tecstiwch eto.",
    "opted_in": "Mae negeseuon yn eich cyrraedd eto. Diolch.",
    "lead_opted_out": "Mae {name} wedi blocio negeseuon o'r llinell hon (STOP). Trwy alwad yn unig nes iddynt anfon START.",
    "lead_caller_opted_out": (
        "{ref}: mae {caller} wedi blocio negeseuon o'r llinell hon (STOP), felly does dim modd tecstio."
        " Gwnewch yn siwr bod rhywun yn ffonio."
    ),
    "lead_opted_in": "Mae negeseuon yn cyrraedd {name} eto.",
    "lead_dead_number": "Dyw rhif symudol {name} ddim yn gweithio. Does dim modd eu galw. Trwsiwch hyn os gwelwch yn dda.",
    # Answers to callers: what to do in danger comes first; a child or a partner may read them
    "caller_answer": (
        "Os oes unrhyw un mewn perygl nawr, ffoniwch 999. Mae eich neges gyda ni ac rydym yn dweud wrth y person ar"
        " ddyletswydd. Byddwn yn tecstio pan fydd gyda nhw."
    ),
    "caller_answer_short": "Mewn perygl nawr? Ffoniwch 999. Mae eich neges gyda ni; dywedir wrth y person ar ddyletswydd.",
    "caller_still": "Os oes perygl nawr, ffoniwch 999. Mae'r neges hon gyda ni hefyd ac rydym yn dal i gael rhywun i chi.",
    "caller_still_short": "Mewn perygl nawr? Ffoniwch 999. Mae hon gyda ni hefyd; rydym yn dal i drio.",
    "caller_nobody": (
        "Os oes unrhyw un mewn perygl nawr, ffoniwch 999. Mae eich neges gyda ni ond nid ydym wedi cael neb eto."
        " Rydym yn dal i drio. Am help brys gallwch ffonio 111 a phwyso 2."
    ),
    "caller_nobody_rang": (
        "Os oes unrhyw un mewn perygl nawr, ffoniwch 999. Gwyddom eich bod wedi ffonio ond nid ydym wedi cael neb eto."
        " Rydym yn dal i drio. Am help brys gallwch ffonio 111 a phwyso 2."
    ),
    "caller_nobody_rang_short": "Mewn perygl nawr? Ffoniwch 999. Nid ydym wedi cael neb eto. Rydym yn dal i drio.",
    "caller_nobody_short": "Mewn perygl nawr? Ffoniwch 999. Nid ydym wedi cael neb eto. Rydym yn dal i drio.",
    "caller_taken": (
        "Mae eich neges gyda {name}, fydd yn cysylltu o fewn {minutes} munud. Gallwch ateb yma."
        " Os oes unrhyw un mewn perygl nawr, ffoniwch 999."
    ),
    "caller_taken_short": "Mae eich neges gyda {name}. Cyswllt o fewn {minutes} munud. Perygl? Ffoniwch 999.",
}
