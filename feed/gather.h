#pragma once
// From the catalogue to feed items: every pack that is sold, in SKU order.
//
// A pack is in the feed unless every shop that had it has withdrawn it (with an `account`: unless
// that shop has). A pack without stock stays, as out_of_stock: portals delete what a feed leaves
// out. What portals would refuse is left out and named.
// Inside the caller's transaction; throws what the tables throw. Threads: one transaction.
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "catalog/tables.h"
#include "feed/rules.h"

namespace feed {

struct Options {
  std::string link_base;    // "https://san.example.vn/p/"; {sku} and {product} in it are replaced,
                            // without them the SKU is appended
  std::string images_base;  // where the catalogue's picture files are: by their relative path, or
                            // by their name where the catalogue knows an absolute one
  std::string account;      // whose prices and listings count; empty: the catalogue's
  std::map<std::string, std::string> category_names;  // our path -> words; without: the path
};

struct LeftOut {
  std::string sku;
  Flaw why;
};

struct Gathered {
  std::vector<Item> items;
  std::vector<LeftOut> left_out;
};
Gathered gather(catalog::Tables& tables, const Options& options, base::Instant now);

}  // namespace feed
