// What the seller cannot do by API: the platform reviews and locks, couriers lose parcels, buyers
// send goods back, campaigns begin. Tests and demos ask for it over the control API.
#include <algorithm>

#include "sandbox/lazada/handlers.h"
#include "sandbox/lazada/pushes.h"

namespace sandbox::lazada {
namespace {

using Done = base::Result<Json>;
using Act = Done (*)(Shop&, const Json&);

base::Error wrong(const std::string& message) {
  base::Error error;
  error.code = base::ErrorCode::invalid;
  error.message = message;
  return error;
}

base::Error refused(const std::string& message) {
  auto error = wrong(message);
  error.code = base::ErrorCode::rejected;
  return error;
}

struct Found {
  Item* item = nullptr;
  Sku* sku = nullptr;
};

Found find(Shop& shop, const Json& wish) {
  Found out;
  out.sku = shop.find_sku(0, 0, wire::text(wish, "sku"), &out.item);
  return out;
}

// {"act":"rules","rules":{…}}
Done change(Shop& shop, const Json& wish) {
  const auto changed = change_rules(shop, wire::member(wish, "rules"));
  if (!changed) return changed.error();
  return shop.rule_changes;
}

// {"act":"review","sku","verdict":"approve"|"reject"|"live_reject"|"lock","reason"?}
Done review(Shop& shop, const Json& wish) {
  const auto found = find(shop, wish);
  if (found.sku == nullptr) return wrong("no such sku");
  const auto verdict = wire::text(wish, "verdict");
  auto& item = *found.item;
  if (verdict == "approve") {
    item.status = "Active";
    item.sub_status.clear();
    item.reasons.clear();
  } else if (verdict == "reject" || verdict == "live_reject" || verdict == "lock") {
    item.status = "Suspended";
    item.sub_status = verdict == "reject" ? "Reject" : verdict == "lock" ? "Lock" : "Live_Reject";
    const auto reason = wire::text(wish, "reason");
    item.reasons = {reason.empty() ? "Nội dung không đạt yêu cầu" : reason};
  } else {
    return wrong("\"verdict\" must be approve, reject, live_reject or lock");
  }
  item.updated_ms = shop.now_ms();
  return object({{"status", item.status}, {"sub_status", item.sub_status}});
}

// {"act":"campaign","sku","quantity","name"?,"price"?,"starts_in_s"?,"lasts_s"?}
Done campaign(Shop& shop, const Json& wish) {
  const auto found = find(shop, wish);
  if (found.sku == nullptr) return wrong("no such sku");
  Campaign one;
  one.id = shop.next_serial++;
  one.name = wire::has(wish, "name") ? wire::text(wish, "name") : "Mega campaign";
  one.from_ms = shop.now_ms() + wire::integer(wish, "starts_in_s") * 1000;
  one.to_ms = one.from_ms + wire::integer(wish, "lasts_s", 3'600) * 1000;
  one.locked = wire::integer(wish, "quantity");
  one.price = wire::integer(wish, "price");
  if (one.locked < 1 || one.locked > found.sku->stock.sellable || one.price < 0) {
    return refused("a campaign needs 1 to sellable units");
  }
  found.sku->campaigns.push_back(one);
  found.item->updated_ms = shop.now_ms();
  return object({{"campaign_id", one.id}});
}

// {"act":"delivery","order_id","outcome":"shipped"|"delivered"|"failed_delivery"|"shipped_back"|
//  "shipped_back_success"|"shipped_back_failed"|"package_scrapped"|"lost_by_3pl"|"damaged_by_3pl"}
struct Way {
  const char* from;
  const char* to;
};
constexpr Way kWays[] = {{"ready_to_ship", "shipped"},
                         {"shipped", "delivered"},
                         {"shipped", "failed_delivery"},
                         {"shipped", "lost_by_3pl"},
                         {"shipped", "damaged_by_3pl"},
                         {"failed_delivery", "shipped_back"},
                         {"shipped_back", "shipped_back_success"},
                         {"shipped_back", "shipped_back_failed"},
                         {"shipped_back", "package_scrapped"}};

Done deliver(Shop& shop, const Json& wish) {
  auto* order = shop.order(wire::integer(wish, "order_id"));
  if (order == nullptr) return wrong("no such order");
  const auto outcome = wire::text(wish, "outcome");
  std::int64_t moved = 0;
  for (auto& unit : order->units) {
    const bool may = std::any_of(std::begin(kWays), std::end(kWays), [&](const Way& way) {
      return unit.status == way.from && outcome == way.to;
    });
    if (!may) continue;
    unit.status = outcome;
    ++moved;
  }
  if (moved == 0) return refused("no unit of the order can become " + outcome);
  order->updated_ms = shop.now_ms();
  if (outcome == "shipped") order->shipped_ms = order->updated_ms;
  if (outcome == "delivered") order->delivered_ms = order->updated_ms;
  return object({{"units", moved}});
}

// {"act":"return","order_id","type":"RETURN"|"ONLY_REFUND","reason"?,"units"?: how many}
Done give_back(Shop& shop, const Json& wish) {
  auto* order = shop.order(wire::integer(wish, "order_id"));
  if (order == nullptr) return wrong("no such order");
  const auto type = wire::text(wish, "type");
  if (type != "RETURN" && type != "ONLY_REFUND") {
    return wrong("\"type\" must be RETURN or ONLY_REFUND");
  }
  const auto wanted = wire::integer(wish, "units", static_cast<std::int64_t>(order->units.size()));
  std::vector<Unit*> units;
  for (auto& unit : order->units) {
    const bool may =
        (unit.status == "delivered" || unit.status == "confirmed") && unit.return_status.empty();
    if (may && static_cast<std::int64_t>(units.size()) < wanted) units.push_back(&unit);
  }
  if (units.empty()) return refused("nothing of the order can come back");
  auto& reverse = open_reverse(shop, *order, type, units);
  reverse.reason_code = 1'001;
  reverse.reason = wire::has(wish, "reason") ? wire::text(wish, "reason") : "Hàng bị hỏng";
  reverse.trigger_ms = shop.now_ms() + shop.rules.return_decide_s * 1000;
  order->updated_ms = shop.now_ms();
  return object({{"reverse_order_id", std::to_string(reverse.id)}});
}

// {"act":"revoke"}: every token of the seller ends now.
Done revoke(Shop& shop, const Json&) {
  shop.accesses.clear();
  shop.refreshes.clear();
  return object({});
}

// {"act":"expire"}: access tokens end now, refresh tokens stay.
Done expire(Shop& shop, const Json&) {
  shop.accesses.clear();
  return object({});
}

// {"act":"notify","message_type":12|13,"status"?}
Done notify(Shop& shop, const Json& wish) {
  if (!announce(shop, wire::integer(wish, "message_type"), wire::text(wish, "status"))) {
    return wrong("\"message_type\" must be 12, or 13 with \"status\" normal or close");
  }
  return object({});
}

struct Named {
  const char* name;
  Act act;
};
constexpr Named kActs[] = {{"rules", change},     {"review", review},    {"campaign", campaign},
                           {"delivery", deliver}, {"return", give_back}, {"revoke", revoke},
                           {"expire", expire},    {"notify", notify}};

}  // namespace

base::Result<Json> act(Shop& shop, const Json& wish) {
  const auto name = wire::text(wish, "act");
  for (const auto& one : kActs) {
    if (name == one.name) return one.act(shop, wish);
  }
  return wrong("there is no act \"" + name + "\"");
}

}  // namespace sandbox::lazada
