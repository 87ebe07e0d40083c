#pragma once
// Puts products on Lazada: packs of one product as SKUs of one product, or a product each.
//
// A batch holds whole products, the packs of one adjacent. Of one product: packs that are shown get
// one product/update, hidden ones one product/deactivate, new ones one product/create, which joins
// them to the product that is there (`AssociatedSku`) when it tells its packs apart by something.
// A pack that turns out to be there already (the answer to its create was lost) is bound, not made
// twice. Killed in between: what was created is found by its seller SKU. Threads: one.
#include <span>
#include <vector>

#include "connectors/connector.h"
#include "connectors/lazada/catalogue.h"
#include "connectors/lazada/client.h"
#include "connectors/lazada/drafts.h"
#include "connectors/lazada/images.h"
#include "connectors/lazada/mapping.h"

namespace connectors::lazada {

class Publisher {
 public:
  Publisher(Client& client, Catalogue& catalogue, Images& images)
      : client_(client), catalogue_(catalogue), images_(images) {}

  PublishReport publish(std::span<const ListingContent> batch);

 private:
  // Packs of one product on their way, with their place in the batch.
  struct Pack {
    std::size_t index = 0;
    const ListingContent* content = nullptr;
  };
  using Packs = std::vector<Pack>;

  base::Status publish_group(Packs packs, PublishReport& report);
  base::Status hide(const Packs& packs, PublishReport& report);
  base::Status update(const Packs& packs, PublishReport& report);
  base::Status create(Packs packs, const std::string& sibling, PublishReport& report);
  base::Status create_product(const Packs& packs, const KnownProduct* join, PublishReport& report);
  base::Status bind_known(Packs& packs, const KnownProduct& known, PublishReport& report);
  base::Result<ProductDraft> draft(const Packs& packs, const KnownProduct* join);
  // Goods that are refused are reported, and the next ones go on; anything else stops.
  static base::Status settle(const Packs& packs, const base::Error& error, PublishReport& report);

  Client& client_;
  Catalogue& catalogue_;
  Images& images_;
};

}  // namespace connectors::lazada
