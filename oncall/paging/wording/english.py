"""The sentences in English: to practitioners first, then to callers. Calm, short, plain.

Texts keep to letters that fit 160 to a segment.
"""

ENGLISH = {
    # Words that others use
    "unknown_number": "unknown number",
    "young_person": "a young person",
    "withheld_number": "unknown number (withheld)",
    "severity_emergency": "emergency",
    "severity_urgent": "urgent",
    "severity_concern": "concern",
    "severity_routine": "routine",
    # Pages
    "page": "{ref} {severity}: {caller} has {how}. Reply 1 take it, 2 pass it on, 3 read it. {team} {link}",
    "page_again": (
        "{ref} {severity}: {caller} has not heard from you yet. Text them here, or reply 1 20 to promise 20 minutes,"
        " 2 to pass it on. {team} {link}"
    ),
    "page_raised": (
        "{ref} is now {severity}: {caller}. You hold it. Reply 1 if you have it, 2 to pass it on, 3 to read it."
        " {team} {link}"
    ),
    "how_sms": "texted",
    "how_voice": "rung",
    # A page by call
    "call_page": "This is the on-call line of {team}. {caller} has {how}. It is {severity}.",
    "call_page_again": "This is the on-call line of {team}. {caller} has not heard from you yet. It is {severity}.",
    "call_page_more": "This is the on-call line of {team}. {caller} has {how} again. It is {severity}. You have it.",
    "call_keys": "Press 1 to take it, 2 to pass it on, 3 to hear what they wrote or said.",
    "call_keys_again": "Press 1 to take it. 2 to pass it on. 3 to hear what they wrote or said.",
    "call_wrote": "They wrote:",
    "call_wrote_nothing": "There are no words to read out.",
    "call_message": "They left this message.",
    "call_message_not_here": "They left a message, which has not reached us yet.",
    "call_taken": "You have it. Thank you. We have texted you what to do next.",
    "call_taken_not_texted": "You have it. Thank you. What you text to this number now goes to them.",
    "call_passed_on": "Passed on. Thank you. Good night.",
    "call_already_taken": "{name} has it already, since {time}. Nothing more is needed of you. Thank you.",
    "call_yours_already": "You have it already. Thank you.",
    "call_closed": "It is closed already. Nothing more is needed of you. Thank you.",
    "call_goodbye": "No key was pressed, so nothing was taken. You can still answer by text. Goodbye.",
    "severity_spoken_emergency": "an emergency",
    "severity_spoken_urgent": "urgent",
    "severity_spoken_concern": "a concern",
    "severity_spoken_routine": "routine",
    # Answers to practitioners
    "taken": (
        "You have {ref}, {caller}. What you text to this number now goes to them."
        " Please be in touch within {minutes} min. 3 shows what they wrote."
    ),
    "taken_cannot_text": (
        "You have {ref}, {caller}. Their number is hidden, so they cannot be texted or rung back."
        " They may ring or text again. 3 shows what they wrote."
    ),
    "promised": "{ref}: you have promised contact within {minutes} min.",
    "held_already": "You have {ref} already. What you text here goes to {caller}.",
    "passed_on": "{ref} is passed on. Nothing more is needed of you.",
    "already_taken": "{ref} is with {name}, who took it at {time}. Nothing more is needed of you.",
    "closed": "{ref} is closed, since {time}.",
    "no_such_ref": "There is no {ref} here. {open}",
    "open_none": "Nothing is open for you.",
    "open_some": "Open for you: {refs}.",
    "none_open": "Nothing is open for you, so nothing was done.",
    "not_paged": "{ref} is not waiting for you, so nothing was done.",
    "not_taken": "{ref} is taken by nobody yet. 1 {ref} takes it.",
    "words_not_sent": "Your words went to nobody. {why}",
    "which": "Which one? Open for you: {refs}. Put its ref after it: {example}.",
    "which_to_text": "You hold {refs}. Put the ref first, then your words: {ref} On my way.",
    "nothing_held": (
        "This went to nobody: you hold nothing open. You can send 1 to take a page, 2 to pass it on, 3 to read it."
        " If anyone is in danger now, ring 999."
    ),
    "take_first": "This went to nobody yet. Waiting for you: {refs}. Reply {example} to take it, then your texts go to the caller.",
    "what_to_send": "1 takes a page, 2 passes it on, 3 reads it. Other words go to the caller you hold. If anyone is in danger now, ring 999.",
    "pictures_stay": "Your picture or file went to nobody: only words are sent on from here.",
    "nobody_to_text": "{ref} came from a hidden number: your words cannot be texted to them, and went to nobody.",
    "wrong_minutes": "Minutes go from 1 to 720: {example}. Nothing was done.",
    "empty_text": "Your text was empty, so nothing was done. 1 takes a page, 2 passes it on, 3 reads it.",
    "nothing_written": "{ref}: there are no words to show.",
    "came_spoken": (
        "{ref}: they left {count} spoken message(s). To hear: take it and ring this number, or press 3 when we ring you."
    ),
    "came_with_media": "{ref}: {count} picture(s) or file(s) came with it. They are kept and will be shown behind sign-in.",
    "relay": "{ref}: {words}",
    "relay_notice": "{ref}: {caller} has written again. 3 shows it.",
    "relay_empty": "{ref}: {caller} sent a text with no words in it.",
    "relay_media": "{ref}: {caller} sent {count} picture(s) or file(s).",
    "relay_not_delivered": "{ref}: your text did not reach {caller}. Please ring them, or text again.",
    "opted_in": "Texts reach you again. Thank you.",
    "lead_opted_out": "{name} has blocked texts from this line (STOP). They are paged by call only until they send START.",
    "lead_caller_opted_out": (
        "{ref}: {caller} has blocked texts from this line (STOP), so we cannot text them. Please see that somebody rings."
    ),
    "lead_opted_in": "{name} can be paged by text again.",
    "lead_dead_number": "{name}'s mobile number does not work. They cannot be paged. Please put it right.",
    # Answers to callers: what to do in danger comes first; a child or a partner may read them
    "caller_answer": (
        "If anyone is in danger now, ring 999. We have your message and the person on duty is being told."
        " We will text you when they have it."
    ),
    "caller_answer_short": "In danger now? Ring 999. We have your message; the person on duty is being told.",
    "caller_still": "If anyone is in danger now, ring 999. We have this message too and are still reaching someone for you.",
    "caller_still_short": "In danger now? Ring 999. We have this too and are still reaching someone.",
    "caller_nobody": (
        "If anyone is in danger now, ring 999. We have your message but have not reached anyone yet."
        " We keep trying. For urgent help you can ring 111 and press 2."
    ),
    "caller_nobody_rang": (
        "If anyone is in danger now, ring 999. We know that you rang but have not reached anyone yet."
        " We keep trying. For urgent help you can ring 111 and press 2."
    ),
    "caller_nobody_rang_short": "In danger now? Ring 999. We have not reached anyone yet. We keep trying.",
    "caller_nobody_short": "In danger now? Ring 999. We have not reached anyone yet. We keep trying.",
    "caller_taken": (
        "{name} has your message and will be in touch within {minutes} minutes. You can reply here."
        " If anyone is in danger now, ring 999."
    ),
    "caller_taken_short": "{name} has your message. In touch within {minutes} min. In danger? Ring 999.",
}
