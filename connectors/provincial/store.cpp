// Puts the parts together.
#include "connectors/provincial/store.h"

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;
using common::Query;

}  // namespace

Store::Store(Options options, const Environment& environment,
             std::shared_ptr<common::Transport> wire)
    : client_(std::move(options), environment, std::move(wire)),
      reads_(client_),
      terms_(client_),
      products_(client_, reads_, terms_),
      pushes_(client_),
      rules_(client_, terms_),
      featuring_(client_, reads_, terms_),
      check_(client_) {}

Capabilities Store::capabilities() const {
  Capabilities can;
  can.stock_write = catalog::StockWrite::absolute_and_delta;
  can.on_cancel = catalog::Restock::channel_adds_back;
  can.needs_image = false;
  can.groups_variants = client_.options().variations;
  can.variants_per_listing_max = can.groups_variants ? kVariationsMax : 1;
  can.publish_batch_max = products_.batch_max();
  can.stock_batch_max = pushes_.stock_batch_max();
  can.price_batch_max = pushes_.price_batch_max();
  can.read_batch_max = kReadMax;
  return can;
}

base::Result<ShopInfo> Store::test() {
  const auto page = client_.get("/products", Query{}.add("per_page", 1), common::CallKind::probe);
  if (!page) return page.error();
  const auto name = store_name(client_.options());
  return ShopInfo{name, name, std::to_string(page.value().total) + " products"};
}

PublishReport Store::publish(std::span<const ListingContent> batch) {
  return products_.publish(batch);
}

PushReport Store::push_stock(std::span<const StockUpdate> batch) {
  return pushes_.stock(batch);
}

PushReport Store::push_prices(std::span<const PriceUpdate> batch) {
  return pushes_.prices(batch);
}

PushReport Store::erase(std::span<const catalog::Binding> bindings) {
  return pushes_.erase(bindings);
}

base::Result<std::vector<RemoteListing>> Store::read(std::span<const catalog::Binding> bindings) {
  return reads_.read(bindings);
}

base::Result<ListingPage> Store::list(const std::string& page_cursor) {
  return reads_.list(page_cursor);
}

base::Result<std::optional<RemoteListing>> Store::find(const catalog::Sku& sku) {
  return reads_.find(sku);
}

base::Result<OrderPage> Store::pull_orders(const OrderQuery& query) {
  return orders_.window(query);
}

base::Result<OrderPage> Store::fetch_orders(std::span<const std::string> remote_ids) {
  return orders_.by_id(remote_ids);
}

base::Result<std::vector<std::string>> Store::declare(const std::string&,
                                                      std::span<const WorksheetLine>) {
  return Error{ErrorCode::invalid, "this channel has an API; it takes no worksheets", {}, {}};
}

}  // namespace connectors::provincial
