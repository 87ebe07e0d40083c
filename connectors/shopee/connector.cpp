#include "connectors/shopee/connector.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/time_text.h"
#include "connectors/shopee/client.h"
#include "connectors/shopee/images.h"
#include "connectors/shopee/mapping.h"
#include "connectors/shopee/order_pages.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;

constexpr std::size_t kItemsPerRead = 50;
constexpr int kSearchPagesMax = 20;

// One item's verdict into a report. False: the batch ends here.
bool settle(PushReport& report, std::size_t index, const base::Result<Answer>& result) {
  if (!result) {
    report.stopped_by = result.error();
    return false;
  }
  const auto verdict = list_verdict(result.value().body);
  const auto& error = result.value().error;
  if (verdict.refused && (!error || points_at_failure_list(error->vendor_code))) {
    report.rejected.push_back({index, *verdict.refused});
    return true;
  }
  if (error) {
    if (!concerns_one_item(*error)) {
      report.stopped_by = *error;
      return false;
    }
    report.rejected.push_back({index, *error});
    return true;
  }
  if (verdict.accepted) {
    report.accepted.push_back(index);
    return true;
  }
  report.stopped_by = Error{ErrorCode::unknown_outcome,
                            "Shopee: the answer does not say what became of the item",
                            {},
                            {}};
  return false;
}

class ShopeeConnector final : public Connector {
 public:
  ShopeeConnector(Options options, const Environment& environment)
      : client_(std::move(options), environment), images_(client_), order_pages_(client_) {}

  base::Status check() const { return client_.check(); }

  Capabilities capabilities() const override {
    Capabilities can;
    can.title_code_points_max = kTitleMax;
    can.read_batch_max = kItemsPerRead;
    return can;
  }

  base::Result<ShopInfo> test() override;
  PublishReport publish(std::span<const ListingContent> batch) override;
  PushReport push_stock(std::span<const StockUpdate> batch) override;
  PushReport push_prices(std::span<const PriceUpdate> batch) override;
  base::Result<std::vector<RemoteListing>> read(
      std::span<const catalog::Binding> bindings) override;
  base::Result<ListingPage> list(const std::string& page_cursor) override;
  base::Result<std::optional<RemoteListing>> find(const catalog::Sku& sku) override;
  base::Result<OrderPage> pull_orders(const OrderQuery& query) override {
    return order_pages_.pull(query);
  }
  base::Result<std::vector<std::string>> declare(const std::string&,
                                                 std::span<const WorksheetLine>) override {
    return Error{ErrorCode::invalid, "Shopee has an API: nothing is typed in by hand", {}, {}};
  }

 private:
  base::Result<catalog::Binding> create(const ListingContent& content);
  base::Result<catalog::Binding> update(const ListingContent& content);
  base::Status show_or_hide(const std::string& item_id, const std::string& status, Shelf wanted);
  base::Result<std::vector<std::int64_t>> logistic_ids();
  base::Result<std::vector<RemoteListing>> read_items(std::span<const std::string> item_ids);

  Client client_;
  Images images_;
  OrderPages order_pages_;
  std::vector<std::int64_t> logistic_ids_;  // asked once
};

base::Result<ShopInfo> ShopeeConnector::test() {
  const auto answer = client_.shop_info();
  if (!answer) return answer.error();
  ShopInfo info;
  info.shop_name = common::text(answer.value(), "shop_name");
  info.remote_id = std::to_string(client_.options().shop_id);
  const auto ends = common::integer(answer.value(), "expire_time");
  if (ends && *ends > 0) info.note = "consent ends " + base::local_date(base::from_unix_s(*ends));
  const auto status = common::text(answer.value(), "status");
  if (!status.empty() && status != "NORMAL") {
    info.note += (info.note.empty() ? "shop is " : ", shop is ") + status;
  }
  return info;
}

PublishReport ShopeeConnector::publish(std::span<const ListingContent> batch) {
  PublishReport report;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto& content = batch[i];
    auto binding = content.binding.empty() ? create(content) : update(content);
    if (binding) {
      report.accepted.push_back({i, std::move(binding).value()});
    } else if (concerns_one_item(binding.error())) {
      report.rejected.push_back({i, binding.error()});
    } else {
      report.stopped_by = binding.error();
      break;
    }
  }
  return report;
}

base::Result<catalog::Binding> ShopeeConnector::create(const ListingContent& content) {
  if (auto problem = problem_with(content)) return *problem;
  const auto images = images_.ids_of(content);
  if (!images) return images.error();
  const auto logistics = logistic_ids();
  if (!logistics) return logistics.error();
  const auto answer = client_.add_item(add_item_body(content, images.value(), logistics.value()));
  if (!answer) return answer.error();
  auto item_id = created_item_id(answer.value());
  if (item_id.empty()) {
    return Error{ErrorCode::unknown_outcome, "Shopee: the answer names no item", {}, {}};
  }
  return catalog::Binding{std::move(item_id), {}};
}

base::Result<catalog::Binding> ShopeeConnector::update(const ListingContent& content) {
  const auto& item_id = content.binding.item_id;
  if (!content.visible) {  // leaving the shop needs no fresh content
    const auto hidden = show_or_hide(item_id, {}, Shelf::unlisted);
    if (!hidden) return hidden.error();
    return content.binding;
  }
  if (auto problem = problem_with(content)) return *problem;
  const auto images = images_.ids_of(content);
  if (!images) return images.error();
  const auto answer = client_.update_item(update_item_body(content, images.value()));
  if (!answer) return answer.error();
  const auto shown = show_or_hide(item_id, item_status(answer.value()), Shelf::listed);
  if (!shown) return shown.error();
  return content.binding;
}

// Asks first where it must: an item that is where it should be is no write.
base::Status ShopeeConnector::show_or_hide(const std::string& item_id, const std::string& status,
                                           Shelf wanted) {
  std::string now = status;
  if (now.empty()) {
    const auto items = read_items({&item_id, 1});
    if (!items) return items.error();
    if (items.value().empty()) {
      if (wanted == Shelf::unlisted) return base::Done{};
      return Error{ErrorCode::not_found, "Shopee: item " + item_id + " is gone", {}, {}};
    }
    now = items.value().front().remote_status;
  }
  const bool on_sale = now == "NORMAL";
  const bool movable = on_sale || now == "UNLIST";
  if (!movable || on_sale == (wanted == Shelf::listed)) return base::Done{};

  const auto answer = client_.unlist_item(unlist_body(item_id, wanted));
  if (!answer) return answer.error();
  if (const auto verdict = list_verdict(answer.value().body); verdict.refused) {
    return *verdict.refused;
  }
  if (answer.value().error) return *answer.value().error;
  return base::Done{};
}

base::Result<std::vector<std::int64_t>> ShopeeConnector::logistic_ids() {
  if (!client_.options().logistic_ids.empty()) return client_.options().logistic_ids;
  if (!logistic_ids_.empty()) return logistic_ids_;
  const auto answer = client_.logistics_channels();
  if (!answer) return answer.error();
  logistic_ids_ = usable_logistic_ids(answer.value());
  if (logistic_ids_.empty()) {
    return Error{
        ErrorCode::invalid, "Shopee: the shop has no delivery channel switched on", {}, {}};
  }
  return logistic_ids_;
}

PushReport ShopeeConnector::push_stock(std::span<const StockUpdate> batch) {
  PushReport report;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch[i].is_delta || batch[i].quantity < 0) {
      report.rejected.push_back({i,
                                 {ErrorCode::invalid,
                                  "Shopee: stock is set to an amount, never changed by one",
                                  {},
                                  {}}});
      continue;
    }
    if (!settle(report, i, client_.update_stock(stock_body(batch[i])))) break;
  }
  return report;
}

PushReport ShopeeConnector::push_prices(std::span<const PriceUpdate> batch) {
  PushReport report;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!settle(report, i, client_.update_price(price_body(batch[i])))) break;
  }
  return report;
}

base::Result<std::vector<RemoteListing>> ShopeeConnector::read_items(
    std::span<const std::string> item_ids) {
  std::vector<RemoteListing> out;
  for (std::size_t i = 0; i < item_ids.size(); i += kItemsPerRead) {
    const auto chunk = item_ids.subspan(i, std::min(kItemsPerRead, item_ids.size() - i));
    const auto answer = client_.base_info(chunk);
    if (!answer && answer.error().code == ErrorCode::not_found && chunk.size() == 1) continue;
    if (!answer) return answer.error();
    auto page = listings(answer.value());
    std::move(page.begin(), page.end(), std::back_inserter(out));
  }
  return out;
}

base::Result<std::vector<RemoteListing>> ShopeeConnector::read(
    std::span<const catalog::Binding> bindings) {
  std::vector<std::string> item_ids;
  for (const auto& binding : bindings) {
    const bool known =
        std::find(item_ids.begin(), item_ids.end(), binding.item_id) != item_ids.end();
    if (!binding.empty() && !known) item_ids.push_back(binding.item_id);
  }
  return read_items(item_ids);
}

base::Result<ListingPage> ShopeeConnector::list(const std::string& page_cursor) {
  const std::size_t page_size = std::min(client_.options().page_size, kItemsPerRead);
  const auto answer = client_.item_list(page_cursor, page_size);
  if (!answer) return answer.error();
  const IdPage ids = item_ids(answer.value());
  auto items = read_items(ids.ids);
  if (!items) return items.error();
  ListingPage page{std::move(items).value(), {}};
  if (ids.next != page_cursor) page.next_cursor = ids.next;
  return page;
}

// The search is Shopee's; the comparison is ours. Of several twins the oldest is the listing.
base::Result<std::optional<RemoteListing>> ShopeeConnector::find(const catalog::Sku& sku) {
  std::optional<RemoteListing> found;
  std::string offset;
  for (int pages = 0; pages < kSearchPagesMax; ++pages) {
    const auto answer = client_.search_by_sku(sku.text, offset);
    if (!answer && answer.error().code == ErrorCode::not_found) break;
    if (!answer) return answer.error();
    const IdPage ids = found_ids(answer.value());
    auto items = read_items(ids.ids);
    if (!items) return items.error();
    for (auto& item : items.value()) {
      if (item.sku != sku) continue;
      const auto older = [](const std::string& a, const std::string& b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
      };
      if (!found || older(item.binding.item_id, found->binding.item_id)) found = std::move(item);
    }
    if (ids.ids.empty() || ids.next.empty() || ids.next == offset) break;
    offset = ids.next;
  }
  return found;
}

}  // namespace

base::Result<std::unique_ptr<Connector>> make(const Settings& settings,
                                              const Environment& environment) {
  auto options = read_options(settings);
  if (!options) return options.error();
  auto connector = std::make_unique<ShopeeConnector>(std::move(options).value(), environment);
  if (const auto usable = connector->check(); !usable) return usable.error();
  return std::unique_ptr<Connector>{std::move(connector)};
}

}  // namespace connectors::shopee
