unreadable = ;
