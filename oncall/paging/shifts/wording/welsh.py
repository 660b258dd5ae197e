"""What is texted and said of shifts, in Welsh. AWAITING A WELSH SPEAKER'S CHECK before real use."""

WELSH = {
    # To leads, in the morning
    "rest_owed": (
        "Gorffwys yn ddyledus. {name}: gorffennodd yr alwad olaf {ended}, {hours} awr hyd at {rested}."
        " Cytunwch ar ddechrau hwyrach."
    ),
    # At a handover
    "handover_in": "Rydych ar {tier} nawr. {open}",
    "handover_out": "Nid ydych ar {tier} mwyach, diolch. Mae gyda {other} nawr. {open}",
    "open_some": "Ar agor: {refs}.",
    "open_none": "Does dim ar agor.",
    "test_call": "Dyma'r alwad brawf ar ddechrau eich dyletswydd, o linell ar alwad {team}. Pwyswch 1.",
    "test_thanks": "Diolch. Mae eich ffôn yn gweithio. Hwyl fawr.",
    # To leads, at a handover
    "test_unanswered": "Mae {name} ar {tier} a heb ateb yr alwad brawf. Gwnewch yn siŵr y gellir cysylltu â nhw.",
    "on_duty_no_texts": "Mae {name} ar {tier} nawr ac wedi rhwystro negeseuon o'r llinell hon (STOP). Dim ond galw sy'n bosibl.",
    "on_duty_unreachable": "Mae {name} ar {tier} nawr heb ffôn symudol sy'n gweithio. Rhowch rywun arall yno.",
    # Before a shift
    "shift_question": "Allwch chi wneud {what} o hyd? Atebwch 1 os gallwch, 2 os na allwch.",
    "shift_yes": "Diolch. Wedi nodi: gallwch wneud {what}.",
    "shift_no": "Wedi nodi: ni allwch wneud {what}. Gofynnir i gydweithwyr. Mae'n aros gyda chi nes i rywun ei gymryd.",
    "shift_cannot": "Ni all {name} wneud {what}. Gofynnir i gydweithwyr ei gyflenwi. Edrychwch arno.",
    "shift_unanswered": "Nid yw {name} wedi dweud a allant wneud {what}. Gofynnwch iddyn nhw.",
    # Answers to WHO and ROTA
    "who": "Ar alwad nawr: {said}.",
    "who_until": "{tier} {name} tan {until}",
    "who_on": "{tier} {name}",
    "who_nobody": "{tier} neb",
    "who_no_rota": "Does dim rota eto, felly does neb ar alwad.",
    "rota": "Eich sifftiau: {said}.",
    "rota_now": "{tier} nawr tan {until}",
    "rota_nothing": "Nid ydych ar y rota yn yr wyth wythnos nesaf.",
    # To leads, of gaps
    "gaps": "Does neb ar ddyletswydd ar gyfer: {gaps}. Rhowch rywun yno.",
    "gaps_more": "a {count} arall",
    # One's own next shift
    "shift_moved": "Mae eich sifft nesaf wedi symud. {was} oedd hi. {what} yw hi nawr.",
    "shift_gone": "Nid yw {was} gyda chi mwyach. Does dim sifft gyda chi yn y pedair wythnos nesaf.",
    "shift_new": "Mae sifft gyda chi nawr: {what}.",
}
