"""What is texted of tasks, in English: the ref, the task's title and its time; never a name, never what happened."""

ENGLISH = {
    "days": "Mon Tue Wed Thu Fri Sat Sun",
    "soon": "{ref}, still to be done: {tasks}. Please mark each as done, or say why not.",
    "late": "{ref}, due and not marked as done: {tasks}. Please see to it, or say why not.",
    "late_lead": "{ref}, due and not marked as done by {name}: {tasks}. Please see that somebody does.",
    "round": "{ref}, it is time again: {tasks}.",
    "one": "{title} ({time})",
    "more": "and {count} more",
}
