//! What a person may do, and who: the command table, its handlers and the dispatcher.
