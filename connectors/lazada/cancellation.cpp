// The cancelling half of LazadaFulfilment: the seller's own, and the answer to a buyer's.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "connectors/lazada/fulfilment.h"
#include "connectors/lazada/parcel_calls.h"

namespace connectors::lazada {

namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using common::Json;

constexpr std::string_view kNothingToDecide = "131";

Error refused(const std::string& order_id, const std::string& what) {
  return {ErrorCode::rejected, "Lazada: order " + order_id + " " + what, {}, {}};
}

bool mentions(std::string_view words, std::span<const std::string_view> marks) {
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
    return words.find(mark) != std::string_view::npos;
  });
}

// In folded words, English and Vietnamese.
constexpr auto kEmptyTheShelf = std::to_array<std::string_view>(
    {"out of stock", "stock", "price", "pricing", "het hang", "ton kho", "gia ban", "sai gia"});
constexpr auto kDelivery = std::to_array<std::string_view>(
    {"deliver", "area", "address", "courier", "giao hang", "van chuyen", "khu vuc", "dia chi"});
constexpr auto kBuyer =
    std::to_array<std::string_view>({"customer", "buyer", "khach hang", "nguoi mua"});
constexpr auto kNeutral =
    std::to_array<std::string_view>({"delay", "sourcing", "other", "cham", "khac"});

// How well an offered reason says what is meant.
int fit(std::string_view words, CancelReason reason) {
  if (mentions(words, kEmptyTheShelf)) return 0;
  if (reason == CancelReason::buyer_asked && mentions(words, kBuyer)) return 3;
  if (reason == CancelReason::cannot_deliver && mentions(words, kDelivery)) return 3;
  if (mentions(words, kNeutral)) return 2;
  // That the buyer asked is never said for him.
  return mentions(words, kBuyer) && reason != CancelReason::buyer_asked ? 0 : 1;
}

}  // namespace

std::string harmless_reason(std::span<const Json> options, CancelReason reason) {
  std::string best;
  int best_fit = 0;
  for (const Json& option : options) {
    const int fits = fit(base::fold(common::text(option, "reason_name")), reason);
    if (fits <= best_fit) continue;
    best = common::text(option, "reason_id");
    best_fit = fits;
  }
  return best;
}

base::Status LazadaFulfilment::cancel(const std::string& order_id,
                                      std::span<const std::string> line_ids, CancelReason reason) {
  const auto units = units_of(order_id);
  if (!units) return units.error();
  const auto named = chosen(units.value(), line_ids);
  if (named.empty()) return refused(order_id, "has no such line");
  OrderUnits open;
  for (const auto& unit : named) {
    if (is_cancelled(unit)) continue;
    if (!is_cancellable(unit)) return refused(order_id, "is " + unit.status + ": too late");
    open.push_back(unit);
  }
  if (open.empty()) return Done{};  // cancelled already
  if (const auto free = free_from_packages(units.value(), open); !free) return free;
  const auto why = reason_id(order_id, open, reason);
  if (!why) return why.error();
  common::Query query;
  query.add("order_id", order_id);
  query.add("order_item_id_list", id_list(ids_of(open)));
  query.add("reason_id", why.value());
  const auto answer = ask(Verb::get, "/order/reverse/cancel/create", query);
  if (answer) return Done{};
  const auto after = units_of(order_id);  // a second arrival is refused: what counts is the order
  if (!after) return answer.error();
  const auto left = chosen(after.value(), ids_of(open));
  return std::all_of(left.begin(), left.end(), is_cancelled) ? base::Status{Done{}}
                                                             : answer.error();
}

// A parcel is cancelled as a whole: units that are to stay are taken out of it first.
base::Status LazadaFulfilment::free_from_packages(const OrderUnits& all, const OrderUnits& wanted) {
  std::set<std::string> going;
  for (const auto& unit : wanted) going.insert(unit.id);
  std::vector<std::string> shared;
  for (const auto& package : packages_of(wanted)) {
    bool stays = false;
    bool announced = false;
    for (const auto& unit : all) {
      if (unit.package_id != package || is_cancelled(unit)) continue;
      stays = stays || !going.contains(unit.id);
      announced = announced || is_announced(unit);
    }
    if (stays && announced) {
      return Error{ErrorCode::rejected,
                   "Lazada: parcel " + package + " is announced and would be cancelled as a whole",
                   {},
                   {}};
    }
    if (stays) shared.push_back(package);
  }
  if (shared.empty()) return Done{};
  const auto answer =
      ask_one(Verb::post, "/order/package/repack", "rePackReq", packages_body(shared));
  return answer ? base::Status{Done{}} : answer.error();
}

base::Result<std::string> LazadaFulfilment::reason_id(const std::string& order_id,
                                                      const OrderUnits& units,
                                                      CancelReason reason) {
  common::Query query;
  query.add("order_id", order_id);
  query.add("order_item_id_list", id_list(ids_of(units)));
  const auto answer = client_.read("/order/reverse/cancel/validate", query);
  if (!answer) return answer.error();
  const Json* data = inner_data(answer.value());
  const auto options =
      data == nullptr ? std::span<const Json>{} : common::items(*data, "reason_options");
  if (options.empty()) {
    const auto words = common::text_at(answer.value(), "data", "tip_content");
    return refused(order_id, "cannot be cancelled: " + words);
  }
  auto id = harmless_reason(options, reason);
  if (id.empty()) {
    return refused(order_id,
                   "can only be cancelled with a reason that empties the listing's stock; do it in "
                   "Seller Center and push the stock again");
  }
  return id;
}

base::Status LazadaFulfilment::answer_cancellation(const std::string& order_id, Decision decision) {
  const auto units = units_of(order_id);
  if (!units) return units.error();
  std::set<std::string> asked;
  for (const auto& unit : units.value()) {
    if (unit.cancel_asked && !is_cancelled(unit)) asked.insert(unit.reverse_order_id);
  }
  const bool accept = decision == Decision::accept;
  if (asked.empty()) {  // answered already, by us or by time
    const auto& all = units.value();
    const auto gone = std::count_if(all.begin(), all.end(), is_cancelled);
    const bool as_wanted = accept ? gone > 0 : gone < std::ssize(all);
    if (as_wanted) return Done{};
    return refused(order_id, accept ? "has no open wish to cancel" : "is cancelled already");
  }
  for (const auto& id : asked) {
    if (id.empty())
      return refused(order_id, "has a wish to cancel without a number: Seller Center");
    common::Query query;
    query.add("reverse_order_id", id);
    query.add("agree_cancel", accept ? "true" : "false");
    const auto answer = ask(Verb::get, "/order/reverse/cancel/seller/decide", query);
    if (!answer && answer.error().vendor_code != kNothingToDecide) return answer.error();
  }
  return Done{};
}

}  // namespace connectors::lazada
