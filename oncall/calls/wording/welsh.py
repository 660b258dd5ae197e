"""What is said on the line, in Welsh, South Wales register. AWAITING A WELSH SPEAKER'S CHECK before real use.

Nothing here names a young person.
"""

WELSH = {
    # To a caller, when they ring
    "hello": "Helo {name}, rydym yn ffonio {who} i chi nawr.",
    "hello_unknown": "Helo, dyma linell ar alwad {team}, ac rydym yn ffonio {who} i chi nawr.",
    "hello_young": "Helo, mae'n dda eich bod wedi ffonio. Rydym yn ffonio {who} i chi nawr.",
    "hello_nobody": "Helo {name}, dyma linell ar alwad {team}.",
    "hello_nobody_unknown": "Helo, dyma linell ar alwad {team}.",
    "hello_nobody_young": "Helo, mae'n dda eich bod wedi ffonio.",
    "danger": "Os oes unrhyw un mewn perygl, rhowch y ffôn i lawr a ffoniwch 999.",
    "someone": "rhywun",
    "and": "a",
    "and_before_a_vowel": "ac",
    # While they wait
    "wait_ringing": "Rydym yn ffonio {who}.",
    "wait_still": "Dydyn ni ddim wedi eich anghofio. Rydym yn dal i ffonio.",
    "wait_star": "I adael neges yn lle hynny, pwyswch seren unrhyw bryd.",
    "wait_here": "Rydym yma o hyd, ac yn dal i ffonio. Os oes perygl, rhowch y ffôn i lawr a ffoniwch 999.",
    "wait_coming": "Mae {name} wedi ateb ac ar y ffordd atoch.",
    "wait_again": "Rydym yn ffonio {name} eto. Os yw popeth wedi'i ddweud, cewch roi'r ffôn i lawr.",
    "wait_others": "Rydym yn ffonio eraill i chi nawr. Os yw popeth wedi'i ddweud, cewch roi'r ffôn i lawr.",
    "wait_promised": (
        "Mae'n ddrwg gen i, doedd neb yn gallu dod at y ffôn mewn pryd. Rydym yn dal i drio, a bydd rhywun yn eich"
        " ffonio'n ôl. Pwyswch seren i adael neges, neu rhowch y ffôn i lawr nawr."
    ),
    "wait_promised_hidden": (
        "Mae'n ddrwg gen i, doedd neb yn gallu dod at y ffôn mewn pryd, ac ni allwn weld eich rhif i'ch ffonio'n ôl."
        " Pwyswch seren i adael eich rhif a neges, neu ffoniwch eto ymhen ychydig funudau."
    ),
    "wait_finished": (
        "Mae {name} yn dweud bod popeth wedi'i ddweud. Cewch roi'r ffôn i lawr, neu bwyso seren i adael neges."
    ),
    # When something changes
    "moment": "Bydd {name} yn ôl gyda chi nawr.",
    "left": (
        "Dyw {name} ddim ar y llinell mwyach. Os yw popeth wedi'i ddweud, cewch roi'r ffôn i lawr;"
        " neu arhoswch, ac rydym yn eu ffonio eto nawr."
    ),
    "together": "Mae {name} yma nawr.",
    "back_to_room": "Rydych yn mynd yn ôl i'r alwad.",
    "promise": (
        "Mae'n ddrwg gen i, doedd neb yn gallu dod at y ffôn mewn pryd. Rydym yn dal i drio, a bydd rhywun yn eich"
        " ffonio'n ôl. Cewch adael neges ar ôl y tôn, neu roi'r ffôn i lawr nawr."
    ),
    "promise_hidden": (
        "Mae'n ddrwg gen i, doedd neb yn gallu dod at y ffôn mewn pryd, ac ni allwn weld eich rhif i'ch ffonio'n ôl."
        " Gadewch eich rhif a neges ar ôl y tôn, neu ffoniwch eto ymhen ychydig funudau."
    ),
    "promise_young": (
        "Mae'n ddrwg gen i, doedd neb yn gallu dod at y ffôn eto. Dydych chi ddim wedi gwneud dim o'i le. Bydd rhywun"
        " yn eich ffonio'n ôl. Cewch adael neges ar ôl y tôn, neu roi'r ffôn i lawr nawr."
    ),
    "message": "Gadewch neges ar ôl y tôn, yna rhowch y ffôn i lawr. Bydd rhywun yn eich ffonio'n ôl.",
    "finished": (
        "Mae {name} yn dweud bod popeth wedi'i ddweud. Os oes rhywbeth arall, gadewch neges ar ôl y tôn, neu ffoniwch"
        " eto unrhyw bryd."
    ),
    "thanks": "Diolch. Mae eich neges gyda ni, a bydd rhywun yn eich ffonio'n ôl. Hwyl.",
    "no_message": "Diolch. Bydd rhywun yn eich ffonio'n ôl. Hwyl.",
    "goodbye_hidden": "Diolch. Hwyl.",
    # When they are rung back
    "ringing_you_back": "Dyma linell ar alwad {team}, yn eich ffonio'n ôl. Mae {name} ar y llinell.",
    "line_lost": "Mae'n ddrwg gen i, collwyd y llinell. Byddwn yn eich ffonio eto. Hwyl.",
    # To a practitioner whose phone rings
    "ring": "{team} ar alwad. Mae {caller} yn aros ar y llinell. Mae'n {severity}. {known}",
    "ring_keys": "Pwyswch 1 i gymryd yr alwad, 2 i'w phasio ymlaen.",
    "join": "{team} ar alwad. Mae {caller} ar y llinell, ac mae {ref} gyda chi. {known}",
    "join_keys": "Pwyswch 1 i siarad â nhw, 2 i'w basio ymlaen.",
    "again": "Mae eich galwad gyda {caller} wedi dod i ben, ac maen nhw ar y llinell o hyd.",
    "again_keys": "Pwyswch 1 i fynd yn ôl atyn nhw, 2 os yw wedi gorffen.",
    "bring": "{team} ar alwad. Gofynnir i chi ymuno â galwad gyda {caller}. Mae'n {severity}.",
    "bring_keys": "Pwyswch 1 i ymuno, 2 os na allwch.",
    "back": "{team} ar alwad, am {caller}, {ref}.",
    "back_keys": "Pwyswch 1 i'w ffonio nawr, 2 os na allwch.",
    "late": "{team} ar alwad. Ffoniodd {caller} ac mae wedi rhoi'r ffôn i lawr. Mae'n {severity}. {known}",
    "late_keys": "Pwyswch 1 i'w gymryd a'u ffonio'n ôl, 2 i'w basio ymlaen.",
    "late_hidden_keys": "Mae eu rhif yn gudd, felly does dim modd ffonio'n ôl. Pwyswch 1 i'w gymryd, 2 i'w basio ymlaen.",
    "known_foster_carer": "Gofalwr maeth.",
    "known_kin_carer": "Gofalwr sy'n perthyn.",
    "known_birth_parent": "Rhiant.",
    "known_young_person": "",
    "known_professional": "Gweithiwr proffesiynol.",
    "known_nobody": "Dyw'r tîm ddim yn adnabod y rhif.",
    "known_before": "Maen nhw wedi cysylltu am hyn yn barod.",
    "a_young_person": "person ifanc",
    "an_unknown_number": "rhif anhysbys",
    "a_hidden_number": "rhif cudd",
    "taken": "Mae'r alwad gyda chi.",
    "taken_over": "Mae gyda chi nawr.",
    "joining": "Rydych yn ymuno â'r alwad.",
    "passed_on": "Wedi'i phasio ymlaen. Diolch.",
    "noted": "Diolch. Nodwyd bod popeth wedi'i ddweud.",
    "already": "Mae'r alwad gyda {name}. Does dim angen mwy gennych chi. Diolch.",
    "call_over": "Mae'r alwad drosodd. Does dim angen mwy gennych chi. Diolch.",
    "closed": "Mae wedi'i gau yn barod. Does dim angen mwy gennych chi. Diolch.",
    "no_key": "Ni phwyswyd unrhyw fotwm, felly ni chymerwyd dim. Hwyl.",
    # On a call
    "choice": "Pwyswch 1 am y person wrth gefn, 2 am arweinydd, 3 i adael i'r lleill siarad; neu arhoswch i fynd yn ôl.",
    "bringing": "Rydym yn ffonio {name}. Mynd yn ôl.",
    "nobody_to_bring": "Does neb i'w ffonio nawr. Mynd yn ôl.",
    "absent": "Ddaeth {name} ddim at y ffôn.",
    "going_back": "Mynd yn ôl.",
    "nobody_else": "Dim ond chi sydd gyda nhw. Mynd yn ôl.",
    "left_talking": "Mae'r lleill yn dal i siarad. Diolch. Hwyl.",
    # When the caller's line has ended
    "alone": "Dyw {caller} ddim ar y llinell mwyach.",
    "no_answer": "Wnaeth {caller} ddim ateb.",
    "alone_keys": "Pwyswch 1 i'w ffonio'n ôl, neu rhowch y ffôn i lawr.",
    "alone_hidden": "Mae eu rhif yn gudd, felly does dim modd ffonio'n ôl. Efallai y byddan nhw'n ffonio eto. Hwyl.",
    "ringing_caller": "Rydym yn ffonio {caller} nawr.",
    "page_keys": "Pwyswch 1 i'w ffonio nawr, neu rhowch y ffôn i lawr.",
    "not_bridged": "Mae gyda chi o hyd, ac mae angen cysylltu. Hwyl.",
    # To a practitioner who rings the line
    "staff_hello": "Helo {name}.",
    "staff_nothing": "Does dim ar agor nawr. Diolch am ffonio.",
    "staff_ring": "Pwyswch {key} i ffonio {caller}, {ref}.",
    "staff_hear": "Pwyswch {key} i glywed neges {caller}, {ref}.",
    "staff_join": "Pwyswch {key} i siarad â {caller}, {ref}, sydd ar y llinell nawr.",
    "staff_take": "Pwyswch {key} i gymryd {ref}, {caller}, {severity}, a'u ffonio.",
    "staff_take_hidden": "Pwyswch {key} i gymryd {ref}, {caller}, {severity}.",
    "staff_goodbye": "Diolch. Hwyl.",
}
