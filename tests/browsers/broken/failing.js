console.error("written");
Promise.reject(new Error("rejected"));
new Worker("worker.js");
throw new Error("thrown");
