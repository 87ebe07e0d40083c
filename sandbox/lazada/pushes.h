#pragma once
// Lazada's messages to the app's one address: what changed since it was last told is written down
// after every call, act and tick, and goes out with
//
//   Authorization: <lower-case hex of HMAC-SHA256(app secret, app key + body bytes)>
//
// A 200 within 500 ms is an acknowledgement; otherwise it is tried again every 30 minutes, 12
// times. One message per order row. Ids are text in message 0 and numbers in message 10;
// `timestamp` is milliseconds in message 0 and seconds in the others. Kinds: 0 order row, 1 review,
// 3/4/5 product added, edited, deleted, 6 low stock, 8 the grant ends within 48 h (daily), 10
// reverse order, 12 category tree, 13 seller, 14 package. Threads: the channel locks; push_headers
// is safe. Source: Lazada Open Platform documents, push mechanism, read 2026-04.
#include <string>

#include "sandbox/lazada/shop.h"
#include "sandbox/wire/push.h"

namespace sandbox::lazada {

wire::PushRules push_rules();
wire::Headers push_headers(const LazadaCredentials& credentials, const std::string& body);

// The body of a later attempt: message 0 carries the row's newest status.
std::string renewed(Shop& shop, const wire::Message& message);
// Puts a message for every change since the last time into the shop's outbox.
void tell_changes(Shop& shop);
// Takes everything as told: when an address is set and after a load. While there is no address
// nobody keeps count.
void hush(Shop& shop);
// Messages 12 and 13, which nothing in the shop brings about; false for another kind.
bool announce(Shop& shop, std::int64_t kind, const std::string& status);

}  // namespace sandbox::lazada
