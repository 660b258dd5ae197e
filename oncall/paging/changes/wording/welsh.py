"""What is texted of changes of the rota, in Welsh. AWAITING A WELSH SPEAKER'S CHECK before real use."""

WELSH = {
    "days": "Llun Maw Mer Iau Gwe Sad Sul",
    "months": "Ion Chwe Maw Ebr Mai Meh Gorff Awst Medi Hyd Tach Rhag",
    "span": "{tier} {start} tan {end}",
    # Asked
    "asked_cover": "Mae {holder} yn gofyn i chi gyflenwi {what}. Atebwch CYFLENWI {code} i'w gymryd, NA {code} os na allwch.",
    "asked_away": "Mae {holder} i ffwrdd: allwch chi gyflenwi {what}? Atebwch CYFLENWI {code} i'w gymryd, NA {code} os na allwch.",
    "asked_swap": (
        "Mae {holder} yn gofyn am gyfnewid: chi i gymryd {what}, nhw i gymryd eich {other}."
        " Atebwch CYFNEWID {code} neu NA {code}."
    ),
    # What came of it
    "covered_taker": "Diolch. Mae {what} gyda chi yn lle {holder}.",
    "covered_holder": "Mae {taker} yn cyflenwi {what} i chi. Rydych yn rhydd.",
    "swapped_taker": "Wedi cyfnewid. Mae {what} gyda chi. Mae {other} gyda {holder}.",
    "swapped_holder": "Wedi cyfnewid. Mae {what} gyda {taker}. Mae {other} gyda chi.",
    "waits_for_lead": "Diolch. Rydym wedi gofyn i arweinydd. Nes iddyn nhw gytuno, mae {what} yn aros gyda {holder}.",
    "lead_refused": "Ni chytunodd arweinydd, felly mae {what} yn aros gyda {holder}.",
    "declined_thanks": "Wedi nodi, diolch. Nid ydych wedi cymryd {what}.",
    "nobody_can": "Ni all neb gymryd {what}. Mae'n dal gyda chi. Siaradwch ag arweinydd.",
    "withdrawn": "Dim angen mwyach: mae {what} yn aros gyda {holder}. Diolch.",
    "moot": "Dim angen mwyach: mae {what} wedi'i drefnu. Diolch.",
    "expired": "Heb ei setlo mewn pryd: mae {what} yn aros gyda {holder}.",
    "undone": "Wedi newid yn ôl: mae {what} gyda {holder} eto.",
    "undone_swap": "Wedi newid yn ôl: mae {what} gyda {holder}, a {other} gyda {taker} eto.",
    "undone_given": "Wedi newid yn ôl: dyw {taker} ddim ar {what} mwyach.",
    "given_to": "Rydych ar {what}. Arweinydd sydd wedi'ch rhoi yno.",
    "given_off": "Nid ydych ar {what} mwyach. Mae gyda {taker}.",
    # To leads
    "lead_wanted": "Byddai {taker} yn cyflenwi {what} i {holder}. Atebwch CYMERADWYO {code} neu NA {code}.",
    "lead_wanted_swap": (
        "Byddai {taker} yn cymryd {what}, a {holder} yn cymryd {other}. Atebwch CYMERADWYO {code} neu NA {code}."
    ),
    "lead_nobody_can": "Ni all neb gyflenwi {what} i {holder}. Edrychwch arno os gwelwch yn dda.",
    "lead_nobody_to_ask": "Mae angen cyflenwi {what} i {holder}, a does neb yn rhydd. Edrychwch arno os gwelwch yn dda.",
    "lead_expired": "Ni chafodd {what} ei gyflenwi mewn pryd; mae'n dal gyda {holder}. Edrychwch arno nawr.",
    # Answers to what could not be done
    "no_such_code": "Does dim {code} yma, felly ni wnaed dim.",
    "refused_over": "Mae {code} wedi'i setlo yn barod, felly ni wnaed dim.",
    "refused_taken": "Mae gyda {taker} yn barod: {what}. Diolch.",
    "refused_not_asked": "Ni ofynnwyd i chi am {code}, felly ni wnaed dim.",
    "refused_not_held": "Mae'r rota wedi newid ers gofyn {code}, felly ni wnaed dim. Siaradwch ag arweinydd.",
    "refused_needs_lead": "Arweinydd yn unig all wneud hynny, felly ni wnaed dim.",
    "refused_would_break": "Ni wnaed dim: {reasons}. Gall arweinydd gytuno o hyd.",
    "refused_cannot_be_paged": "Ni wnaed dim: {reasons}.",
    "reason_gap": "fyddai neb ar ddyletswydd",
    "reason_leave": "byddai rhywun ar ddyletswydd yn ystod gwyliau",
    "reason_unreachable": "fyddai ein negeseuon neu alwadau ddim yn eu cyrraedd",
    "reason_two_tiers": "byddai un person mewn dau le ar unwaith",
    "reason_daily_rest": "byddai gorffwys diwrnod yn rhy fyr",
    "reason_weekly_rest": "byddai gorffwys wythnos yn rhy fyr",
    "reason_weekly_hours": "byddai gormod o oriau gwaith",
    "reason_nights": "byddai gormod o nosweithiau yn olynol",
}
