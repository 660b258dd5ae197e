"""What is texted of tasks, in Welsh, South Wales register. AWAITING A WELSH SPEAKER'S CHECK before real use."""

WELSH = {
    "days": "Llun Maw Mer Iau Gwe Sad Sul",
    "soon": "{ref}, i'w wneud o hyd: {tasks}. Nodwch bob un pan fydd wedi'i wneud, neu dywedwch pam ddim.",
    "late": "{ref}, dylai fod wedi'i wneud erbyn hyn: {tasks}. Gwnewch e, neu dywedwch pam ddim.",
    "late_lead": "{ref}, dylai {name} fod wedi'i wneud erbyn hyn: {tasks}. Gwnewch yn siwr bod rhywun yn ei wneud.",
    "round": "{ref}, mae'n bryd eto: {tasks}.",
    "one": "{title} ({time})",
    "more": "a {count} arall",
}
