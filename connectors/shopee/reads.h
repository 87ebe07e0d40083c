#pragma once
// What the shop shows: items, and the models inside them, as listings.
//
// Shopee's search knows the SKU of an item, not of a model. So find() asks the search first, which
// sees plain items and items whose models are not made yet, and then an index of model SKUs: the
// whole shop once per process, afterwards only what changed since (with kScanOverlap for clocks
// that differ). A first walk that broke off goes on where it stopped, and what changed meanwhile is
// read after it.
// Errors: Client's; unavailable when the shop's list will not hold still. Threads: one.
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "connectors/connector.h"
#include "connectors/shopee/client.h"
#include "connectors/shopee/mapping.h"
#include "connectors/shopee/variants.h"

namespace connectors::shopee {

inline constexpr std::size_t kItemsPerRead = 50;
inline constexpr std::chrono::seconds kScanOverlap{600};

class Reads {
 public:
  Reads(Client& client, const base::Clock& clock) : client_(client), clock_(clock) {}

  base::Result<std::vector<ReadItem>> items(std::span<const std::string> item_ids);
  // not_found when there is no such item.
  base::Result<ReadItem> item(const std::string& item_id);
  base::Result<Variants> variants(const std::string& item_id);

  base::Result<std::vector<RemoteListing>> read(std::span<const catalog::Binding> bindings);
  // Every model of these items.
  base::Result<std::vector<RemoteListing>> read_all(std::span<const std::string> item_ids) {
    return listings(item_ids);
  }
  base::Result<ListingPage> list(const std::string& page_cursor);
  base::Result<std::optional<RemoteListing>> find(const catalog::Sku& sku);

 private:
  base::Result<std::vector<RemoteListing>> listings(std::span<const std::string> item_ids);
  base::Status expand(const ReadItem& item, std::vector<RemoteListing>& out);
  void explain_refusals(std::vector<ReadItem>& items);
  base::Status search(const catalog::Sku& sku, std::optional<RemoteListing>& found);
  base::Status look_up(const catalog::Sku& sku, std::optional<RemoteListing>& found);
  base::Status refresh_index();
  base::Status walk(std::int64_t from_s);
  // How many of the shop's items were missed.
  base::Result<std::int64_t> scan(std::int64_t from_s, std::set<std::string>& seen);

  Client& client_;
  const base::Clock& clock_;
  std::map<std::string, std::string> item_of_model_;  // model SKU -> item_id
  std::optional<std::int64_t> scanned_s_;
  std::optional<std::int64_t> begun_s_;  // the first walk, while it is not over
  std::set<std::string> walked_;         // items it has read
};

}  // namespace connectors::shopee
