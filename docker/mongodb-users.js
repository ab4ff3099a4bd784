// Runs once, when MongoDB's volume is empty: Odoo publishes, the MCP server only reads.
// A tenant with credentials of its own gets a user with the role read on acct_<account> instead.
const admin = db.getSiblingDB("admin");
admin.createUser({
  user: "publisher",
  pwd: process.env.PUBLISHER_PASSWORD,
  roles: [{ role: "readWriteAnyDatabase", db: "admin" }],
});
admin.createUser({
  user: "reader",
  pwd: process.env.READER_PASSWORD,
  roles: [{ role: "readAnyDatabase", db: "admin" }],
});
