#include "storage/memory/listing_table.h"

namespace storage::memory {
namespace {

bool needs_publishing(const catalog::Listing& listing) {
  switch (listing.state) {
    case catalog::ListingState::wanted:
    case catalog::ListingState::creating:
      return true;
    case catalog::ListingState::declared:
    case catalog::ListingState::live:
    case catalog::ListingState::withdrawn:
      return listing.content_hash != listing.sent_content_hash;
    case catalog::ListingState::held:
      return false;
  }
  return false;
}

// Rows of one account in SKU order that satisfy `wanted`.
template <typename Map, typename Wanted, typename Take>
void scan(const Map& map, const catalog::AccountId& account, const catalog::Sku& after,
          const Wanted& wanted, const Take& take) {
  auto row = after.empty() ? map.lower_bound({account, after}) : map.upper_bound({account, after});
  for (; row != map.end() && row->first.first == account; ++row) {
    if (wanted(row->second) && !take(row->second)) return;
  }
}

template <typename Wanted>
std::vector<catalog::Listing> take_listings(const State& state, const catalog::AccountId& account,
                                            const catalog::Sku& after, std::size_t rows_max,
                                            const Wanted& wanted) {
  std::vector<catalog::Listing> out;
  if (rows_max == 0) return out;
  scan(state.listings, account, after, wanted, [&](const ListingRow& row) {
    out.push_back(row.listing);
    return out.size() < rows_max;
  });
  return out;
}

template <typename Wanted>
std::vector<catalog::ListingStock> take_stock(const State& state, const catalog::AccountId& account,
                                              std::size_t rows_max, const Wanted& wanted) {
  std::vector<catalog::ListingStock> out;
  if (rows_max == 0) return out;
  scan(state.listing_stock, account, {}, wanted, [&](const catalog::ListingStock& row) {
    out.push_back(row);
    return out.size() < rows_max;
  });
  return out;
}

catalog::ListingView view_of(const ListingRow& row, const catalog::ListingStock* stock) {
  const auto& listing = row.listing;
  catalog::ListingView view;
  view.account = listing.account.text;
  view.sku = listing.sku.text;
  view.state = listing.state;
  view.content_hash = listing.content_hash;
  view.sent_content_hash = listing.sent_content_hash;
  view.held_reason = listing.held_reason;
  view.price = listing.price.minor;
  view.stock_target = stock == nullptr ? 0 : stock->target;
  view.seen = row.seen.has_value();
  if (row.seen) {
    view.seen_price = row.seen->price.minor;
    view.seen_stock = row.seen->stock;
    view.seen_visible = row.seen->visible;
    view.stock_is_reckoned = stock != nullptr && row.seen->source == catalog::kConfirmed;
    view.reckoned_stock = stock == nullptr ? 0 : stock->shown;
  }
  return view;
}

}  // namespace

catalog::Put ListingTable::put(const catalog::Account& account) {
  auto& state = transaction_.changing();
  require(!account.id.empty(), "an account needs an id");
  return put_row(transaction_, state.accounts, account.id, account);
}

std::optional<catalog::Account> ListingTable::account(const catalog::AccountId& id) {
  return find(transaction_.state().accounts, id);
}

std::vector<catalog::Account> ListingTable::accounts() {
  std::vector<catalog::Account> out;
  for (const auto& [id, account] : transaction_.state().accounts) out.push_back(account);
  return out;
}

catalog::Put ListingTable::put(const catalog::Listing& listing) {
  auto& state = transaction_.changing();
  require(state.accounts.contains(listing.account), "unknown account: " + listing.account.text);
  require(state.variants.contains(listing.sku), "unknown SKU: " + listing.sku.text);
  const ListingKey key{listing.account, listing.sku};
  const auto found = state.listings.find(key);
  if (found == state.listings.end()) {
    transaction_.undo().assign(state.listings, key, {listing, std::nullopt});
    return catalog::Put::inserted;
  }
  if (found->second.listing == listing) return catalog::Put::unchanged;
  transaction_.undo().assign(state.listings, key, {listing, found->second.seen});
  return catalog::Put::updated;
}

std::optional<catalog::Listing> ListingTable::listing(const catalog::AccountId& account,
                                                      const catalog::Sku& sku) {
  const auto row = find(transaction_.state().listings, {account, sku});
  if (!row) return std::nullopt;
  return row->listing;
}

std::optional<catalog::Listing> ListingTable::listing_bound_to(const catalog::AccountId& account,
                                                               const catalog::Binding& binding) {
  if (binding.empty()) return std::nullopt;
  const auto found =
      take_listings(transaction_.state(), account, {}, 1,
                    [&](const ListingRow& row) { return row.listing.binding == binding; });
  if (found.empty()) return std::nullopt;
  return found.front();
}

std::vector<catalog::Listing> ListingTable::listings_to_publish(const catalog::AccountId& account,
                                                                std::size_t rows_max) {
  return take_listings(transaction_.state(), account, {}, rows_max,
                       [](const ListingRow& row) { return needs_publishing(row.listing); });
}

std::vector<catalog::Listing> ListingTable::listings_to_reprice(const catalog::AccountId& account,
                                                                std::size_t rows_max) {
  return take_listings(transaction_.state(), account, {}, rows_max, [](const ListingRow& row) {
    if (row.listing.state != catalog::ListingState::live) return false;
    return !row.seen || !(row.seen->price == row.listing.price);
  });
}

std::vector<catalog::Listing> ListingTable::listings(const catalog::AccountId& account,
                                                     const catalog::Sku& after,
                                                     std::size_t rows_max) {
  return take_listings(transaction_.state(), account, after, rows_max,
                       [](const ListingRow&) { return true; });
}

std::optional<catalog::Observed> ListingTable::observed(const catalog::AccountId& account,
                                                        const catalog::Sku& sku) {
  const auto row = find(transaction_.state().listings, {account, sku});
  if (!row) return std::nullopt;
  return row->seen;
}

void ListingTable::put_observed(const catalog::AccountId& account, const catalog::Sku& sku,
                                const catalog::Observed& seen) {
  auto& state = transaction_.changing();
  auto row = find(state.listings, {account, sku});
  require(row.has_value(), "no listing of " + sku.text + " on " + account.text);
  row->seen = seen;
  transaction_.undo().assign(state.listings, {account, sku}, *row);
}

std::optional<catalog::ListingStock> ListingTable::stock(const catalog::AccountId& account,
                                                         const catalog::Sku& sku) {
  return find(transaction_.state().listing_stock, {account, sku});
}

void ListingTable::put(const catalog::ListingStock& stock) {
  auto& state = transaction_.changing();
  const ListingKey key{stock.account, stock.sku};
  require(state.listings.contains(key),
          "no listing of " + stock.sku.text + " on " + stock.account.text);
  transaction_.undo().assign(state.listing_stock, key, stock);
}

std::vector<catalog::ListingStock> ListingTable::stock_of(const catalog::Sku& sku) {
  std::vector<catalog::ListingStock> out;
  for (const auto& [id, account] : transaction_.state().accounts) {
    if (auto row = stock(id, sku)) out.push_back(std::move(*row));
  }
  return out;
}

std::vector<catalog::ListingShare> ListingTable::shares_of(const catalog::Sku& sku) {
  std::vector<catalog::ListingShare> out;
  for (auto& row : stock_of(sku)) {
    const auto state = transaction_.state().listings.at({row.account, sku}).listing.state;
    out.push_back({std::move(row), state});
  }
  return out;
}

std::vector<catalog::ListingStock> ListingTable::dirty_stock(const catalog::AccountId& account,
                                                             std::size_t rows_max) {
  return take_stock(transaction_.state(), account, rows_max, [](const catalog::ListingStock& row) {
    return row.dirty() && row.attempt == catalog::Attempt::none;
  });
}

std::vector<catalog::ListingStock> ListingTable::unanchored_stock(const catalog::AccountId& account,
                                                                  std::size_t rows_max) {
  return take_stock(transaction_.state(), account, rows_max, [](const catalog::ListingStock& row) {
    return row.anchor_at.has_value() || catalog::wants_anchor(row);
  });
}

void ListingTable::for_each_listing(const catalog::AccountId& account,
                                    const std::function<void(const catalog::ListingView&)>& visit) {
  const auto& state = transaction_.state();
  for (const auto& [key, row] : state.listings) {
    if (!account.empty() && key.first != account) continue;
    const auto stock = state.listing_stock.find(key);
    visit(view_of(row, stock == state.listing_stock.end() ? nullptr : &stock->second));
  }
}

}  // namespace storage::memory
