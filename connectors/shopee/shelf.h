#pragma once
// What every publication needs: the parts of an item (pictures, delivery channels) and its place on
// or off the shelf. Errors: Client's, Images'; invalid without a delivery channel. Threads: one.
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/shopee/client.h"
#include "connectors/shopee/images.h"
#include "connectors/shopee/locations.h"
#include "connectors/shopee/mapping.h"
#include "connectors/shopee/reads.h"

namespace connectors::shopee {

class ShelfKeeper {
 public:
  ShelfKeeper(Client& client, Reads& reads, Locations& locations)
      : client_(client), reads_(reads), locations_(locations), images_(client) {}

  base::Result<ItemParts> parts_of(const ListingContent& content);
  void forget_pictures(const ListingContent& content) { images_.forget(content); }
  // Asks where the item is when `status` is empty; one that is where it should be is no write. An
  // item under review, or banned, stays where Shopee put it.
  base::Status put(const std::string& item_id, const std::string& status, Shelf wanted);

 private:
  base::Result<std::vector<std::int64_t>> logistic_ids();

  Client& client_;
  Reads& reads_;
  Locations& locations_;
  Images images_;
  std::vector<std::int64_t> logistic_ids_;  // asked once
};

}  // namespace connectors::shopee
