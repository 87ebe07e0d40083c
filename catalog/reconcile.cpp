#include "catalog/reconcile.h"

#include <utility>

namespace catalog {
namespace {

Difference make(const ListingView& view, DifferenceKind kind, std::string wanted,
                std::string seen) {
  return {kind, AccountId{std::string(view.account)}, Sku{std::string(view.sku)}, std::move(wanted),
          std::move(seen)};
}

void compare_seen(const ListingView& view, const std::function<void(Difference)>& found) {
  if (view.content_hash != view.sent_content_hash) {
    found(make(view, DifferenceKind::content, {}, {}));
  }
  if (view.price != view.seen_price) {
    found(make(view, DifferenceKind::price, std::to_string(view.price),
               std::to_string(view.seen_price)));
  }
  const auto shown = view.stock_is_reckoned ? view.reckoned_stock : view.seen_stock;
  if (view.stock_target != shown) {
    found(make(view, DifferenceKind::stock, std::to_string(view.stock_target),
               std::to_string(shown)));
  }
  if (!view.seen_visible) found(make(view, DifferenceKind::visibility, "visible", "hidden"));
}

}  // namespace

std::string_view to_string(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::missing:
      return "missing";
    case DifferenceKind::unconfirmed:
      return "unconfirmed";
    case DifferenceKind::held:
      return "held";
    case DifferenceKind::content:
      return "content";
    case DifferenceKind::price:
      return "price";
    case DifferenceKind::stock:
      return "stock";
    case DifferenceKind::visibility:
      return "visibility";
    case DifferenceKind::unwanted:
      return "unwanted";
  }
  return "missing";
}

void differences(const ListingView& view, const std::function<void(Difference)>& found) {
  switch (view.state) {
    case ListingState::wanted:
    case ListingState::creating:
      found(make(view, DifferenceKind::missing, {}, {}));
      return;
    case ListingState::declared:
      found(make(view, DifferenceKind::unconfirmed, {}, {}));
      return;
    case ListingState::held:
      found(make(view, DifferenceKind::held, {}, std::string(view.held_reason)));
      return;
    case ListingState::withdrawn:
      if (view.seen && view.seen_visible) {
        found(make(view, DifferenceKind::unwanted, "hidden", "visible"));
      }
      return;
    case ListingState::live:
      if (view.seen) {
        compare_seen(view, found);
      } else {
        found(make(view, DifferenceKind::missing, {}, {}));
      }
      return;
  }
}

}  // namespace catalog
