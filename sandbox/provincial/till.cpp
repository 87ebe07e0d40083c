#include "sandbox/provincial/till.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "sandbox/json_tools.h"
#include "sandbox/provincial/listing.h"

namespace sandbox::provincial {
namespace {

constexpr std::string_view kHere = "/wc/v3/orders";
constexpr const char* kTrash = "trash";
constexpr std::string_view kStatuses[] = {"pending",   "processing", "on-hold", "completed",
                                          "cancelled", "refunded",   "failed"};

bool takes_stock(const std::string& status) {
  return status != "pending" && status != "cancelled";
}

std::optional<Answer> status_problem(const Json& body) {
  const auto status = text_in(body, "status");
  const bool known =
      std::find(std::begin(kStatuses), std::end(kStatuses), status) != std::end(kStatuses);
  if (!body.is_object() || !body.has_field("status") || known) return std::nullopt;
  return bad_param("status", "rest_not_in_enum",
                   "status is not one of auto-draft, pending, processing, on-hold, completed, "
                   "cancelled, refunded, failed, and checkout-draft.");
}

base::Error refused(base::ErrorCode code, const std::string& why) {
  return {code, why, {}, {}};
}

}  // namespace

base::Result<Purchase> Till::sell(const std::vector<Wish>& wishes) {
  std::map<std::int64_t, std::int64_t> wanted;
  for (const auto& wish : wishes) {
    const auto* product = shelf_.by_sku(wish.sku);
    if (wish.quantity < 1 || product == nullptr || !shelf_.buyable(*product)) {
      return refused(base::ErrorCode::rejected, wish.sku + " is not for sale here");
    }
    wanted[product->id] += wish.quantity;
    const auto left = shelf_.available(*product);
    if (left < wanted[product->id]) {
      return refused(base::ErrorCode::rejected,
                     "only " + std::to_string(left) + " of " + wish.sku + " are shown");
    }
  }
  if (wanted.empty()) return refused(base::ErrorCode::rejected, "nothing was asked for");
  const auto now = clock_.now();
  PlacedOrder order{std::to_string(ids_.next()), "processing", now, now, {}, {}};
  for (const auto& [id, quantity] : wanted) {
    const auto& product = *shelf_.by_id(id);
    order.lines.push_back({product.text("sku"), shelf_.full_name(product), id, quantity,
                           product.price(), product.parent_id()});
    shelf_.sell(id, quantity);
  }
  orders_.push_back(order);
  news_.push_back({"order.created", order.id});
  news_.push_back({"order.updated", order.id});  // its status was set after it was made
  return Purchase{order.id};
}

PlacedOrder* Till::find(const std::string& id) {
  const auto found = std::find_if(orders_.begin(), orders_.end(),
                                  [&](const PlacedOrder& order) { return order.id == id; });
  return found == orders_.end() ? nullptr : &*found;
}

base::Status Till::cancel(const std::string& order_id) {
  auto* order = find(order_id);
  if (order == nullptr) return refused(base::ErrorCode::not_found, "no order " + order_id);
  if (order->status == "cancelled" || order->status == "completed") {
    return refused(base::ErrorCode::conflict, "order " + order_id + " is " + order->status);
  }
  set_status(*order, "cancelled");
  return base::Done{};
}

void Till::set_status(PlacedOrder& order, const std::string& status) {
  const bool held = takes_stock(order.status);
  const bool holds = takes_stock(status);
  for (std::size_t place = 0; place < order.lines.size(); ++place) {
    const auto& line = order.lines[place];
    const auto units = line.quantity - papers_.restocked(order.id, place);
    if (held && !holds) shelf_.sell(line.item_id, -units);
    if (!held && holds) shelf_.sell(line.item_id, units);
  }
  news_.push_back({"order.updated", order.id});
  const auto now = clock_.now();
  if (status == "completed" && !order.completed_at) order.completed_at = now;
  order.status = status;
  order.updated_at = now;
}

Json Till::whole(const PlacedOrder& order, const std::string& site) const {
  auto out = shown(order, site);
  papers_.dress(out, order.id);
  return out;
}

Json Till::message(const News& news, const std::string& site) {
  const auto* order = find(news.order_id);
  if (order != nullptr && news.topic != "order.deleted") return whole(*order, site);
  Json out;
  out["id"] = jn(to_integer(news.order_id).value_or(0));
  return out;
}

Answer Till::handle(const Call& call) {
  const auto rest = call.route.substr(kHere.size());
  if (rest.empty()) return call.method == "GET" ? list(call) : no_route();
  const auto slash = std::min(rest.find('/', 1), rest.size());
  const auto id = to_integer(rest.substr(1, slash - 1));
  if (!id) return no_route();
  auto* order = find(std::to_string(*id));
  if (order == nullptr) {
    return refusal(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.");
  }
  const auto part = rest.substr(slash);
  constexpr std::string_view kNotes = "/notes";
  constexpr std::string_view kRefunds = "/refunds";
  if (part.starts_with(kNotes)) return papers_.notes(call, order->id, part.substr(kNotes.size()));
  if (part == kRefunds && call.method == "POST") return refund(*order, call);
  if (part.starts_with(kRefunds) && call.method == "GET") {
    return papers_.refunds(call, *order, whole(*order, call.site), part.substr(kRefunds.size()));
  }
  if (!part.empty()) return no_route();
  if (call.method == "GET") return {200, whole(*order, call.site), {}};
  if (call.method == "DELETE") return remove(*order, call);
  const bool writes = call.method == "POST" || call.method == "PUT" || call.method == "PATCH";
  return writes ? change(*order, call) : no_route();
}

Answer Till::change(PlacedOrder& order, const Call& call) {
  if (auto problem = status_problem(call.body)) return *problem;
  const auto status = text_in(call.body, "status");
  if (call.body.is_object() && call.body.has_field("meta_data")) {
    papers_.write_meta(order.id, call.body.at("meta_data"));
    order.updated_at = clock_.now();
  }
  if (!status.empty() && status != order.status) {
    set_status(order, status);
  } else {
    news_.push_back({"order.updated", order.id});
  }
  return {200, whole(order, call.site), {}};
}

Answer Till::refund(PlacedOrder& order, const Call& call) {
  auto done = papers_.refund(call, order, whole(order, call.site));
  if (!done.made) return std::move(done.answer);
  if (done.made->restocked && takes_stock(order.status)) {
    for (const auto& line : done.made->lines) {
      shelf_.sell(order.lines[line.place].item_id, -line.quantity);
    }
  }
  order.updated_at = clock_.now();
  if (done.whole) {
    set_status(order, "refunded");
  } else {
    news_.push_back({"order.updated", order.id});
  }
  return std::move(done.answer);
}

// The trash keeps the order where no list shows it; its units stay sold.
Answer Till::remove(PlacedOrder& order, const Call& call) {
  const auto force = param(call, "force");
  Answer answer{200, whole(order, call.site), {}};
  news_.push_back({"order.deleted", order.id});
  if (force == "true" || force == "1") {
    const auto id = order.id;
    papers_.forget(id);
    std::erase_if(orders_, [&](const PlacedOrder& one) { return one.id == id; });
    return answer;
  }
  if (order.status == kTrash) {
    return refusal(410, "woocommerce_rest_already_trashed", "The order has already been deleted.");
  }
  order.status = kTrash;
  order.updated_at = clock_.now();
  return answer;
}

Json Till::truth() const {
  Json out = empty_list();
  for (const auto& order : orders_) {
    auto row = to_json(order);
    papers_.add_truth(row, order);
    push(out, row);
  }
  return out;
}

Answer Till::list(const Call& call) const {
  static const std::vector<std::string> kSortWords{"date",  "id",   "include",
                                                   "title", "slug", "modified"};
  if (auto problem = list_problem(call, kSortWords)) return *problem;
  const auto statuses = list_param(call, "status");
  const bool any = statuses.empty() || statuses.contains("any");
  std::vector<const PlacedOrder*> rows;
  for (const auto& order : orders_) {
    const bool in_trash = order.status == kTrash;
    if (any ? in_trash : !statuses.contains(order.status)) continue;
    if (!id_wanted(call, to_integer(order.id).value_or(0))) continue;
    if (in_windows(call, order.created_at, order.updated_at)) rows.push_back(&order);
  }
  const auto by = param(call, "orderby");
  const auto key = [&](const PlacedOrder& order) {
    const auto id = to_integer(order.id).value_or(0);
    const auto at = by == "modified" ? order.updated_at : order.created_at;
    const bool timed = by.empty() || by == "date" || by == "modified";
    return std::make_tuple(timed ? base::to_unix_s(at) : 0, id);
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const PlacedOrder* a, const PlacedOrder* b) { return key(*a) < key(*b); });
  if (!ascending(call, "desc")) std::reverse(rows.begin(), rows.end());
  return page_of(call, rows.size(), [&](std::size_t i) { return whole(*rows[i], call.site); });
}

}  // namespace sandbox::provincial
