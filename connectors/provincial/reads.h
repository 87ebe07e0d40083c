#pragma once
// What the store shows: products, and the variations of those that have some, as listings.
//
// Products come many to a call; variations are asked for product by product. A half-made product
// (variants.h) is the one pack that its mark names. Private to this folder. Errors: Client's.
// Threads: one.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/provincial/client.h"
#include "connectors/provincial/variants.h"

namespace connectors::provincial {

inline constexpr std::size_t kReadMax = 100;

class Reads {
 public:
  explicit Reads(Client& client) : client_(client) {}

  // As the store prints them, in any order; ones that are gone are left out.
  base::Result<std::vector<common::Json>> products(const std::vector<std::string>& ids);
  // Of one product: these, or all of them when `ids` is empty.
  base::Result<std::vector<common::Json>> variations(const std::string& product_id,
                                                     const std::vector<std::string>& ids = {});

  base::Result<std::vector<RemoteListing>> read(std::span<const catalog::Binding> bindings);
  base::Result<ListingPage> list(const std::string& page_cursor);
  base::Result<std::optional<RemoteListing>> find(const catalog::Sku& sku);

 private:
  base::Status add_all(const common::Json& product, std::vector<RemoteListing>& out);
  base::Result<std::optional<RemoteListing>> find_marked(const catalog::Sku& sku);

  Client& client_;
};

// A product without variations, by its own number; nothing where the number no longer says which
// pack is meant: the SKU then finds it.
std::optional<RemoteListing> plain_listing(const common::Json& product);

}  // namespace connectors::provincial
