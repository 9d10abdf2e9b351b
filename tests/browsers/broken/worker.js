throw new Error("at work");
