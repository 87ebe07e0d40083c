#include "connectors/common/worksheet/exchange_connector.h"

#include <algorithm>

#include "connectors/common/worksheet/order_file.h"
#include "connectors/common/worksheet/row_problems.h"
#include "connectors/common/worksheet/worksheet_files.h"

namespace connectors::common {
namespace {

class ExchangeConnector final : public Connector {
 public:
  ExchangeConnector(Market market, ExchangeFolder folder)
      : market_(std::move(market)), folder_(std::move(folder)) {}

  Capabilities capabilities() const override {
    Capabilities can;
    can.delivery = Delivery::worksheet;
    can.needs_image = false;
    can.own_shipping = market_.own_shipping;
    return can;
  }

  base::Result<ShopInfo> test() override {
    const auto files = order_files(folder_);
    if (!files) return files.error();
    return ShopInfo{market_.name, folder_.root.string(),
                    std::to_string(files.value().files.size()) + " order files"};
  }

  PublishReport publish(std::span<const ListingContent>) override {
    PublishReport report;
    report.stopped_by = market_.no_api;
    return report;
  }
  PushReport push_stock(std::span<const StockUpdate>) override { return refused(); }
  PushReport push_prices(std::span<const PriceUpdate>) override { return refused(); }
  base::Result<std::vector<RemoteListing>> read(std::span<const catalog::Binding>) override {
    return market_.no_api;
  }
  base::Result<ListingPage> list(const std::string&) override { return market_.no_api; }
  base::Result<std::optional<RemoteListing>> find(const catalog::Sku&) override {
    return market_.no_api;
  }

  base::Result<OrderPage> pull_orders(const OrderQuery& query) override {
    const auto listed = order_files(folder_);
    if (!listed) return listed.error();
    const auto& files = listed.value().files;
    OrderPage page;
    if (query.page_cursor.empty()) {
      complete_through_ = query.from;
      if (listed.value().left_out > 0) {
        page.unreadable.push_back(problem(FileProblem::too_many_files, {"in/", 0, {}, {}}));
      }
    }
    const auto next = std::find_if(files.begin(), files.end(), [&](const auto& file) {
      return file.filename().string() > query.page_cursor;
    });
    if (next != files.end()) {
      take(page, read_order_file(*next, market_.words));
      if (std::next(next) != files.end()) page.next_cursor = next->filename().string();
    }
    page.complete_through = std::max(query.from, complete_through_);
    return page;
  }

  base::Result<std::vector<std::string>> declare(const std::string& stem,
                                                 std::span<const WorksheetLine> lines) override {
    return write_worksheet(folder_.out(), stem, market_.name, lines);
  }

 private:
  PushReport refused() const {
    PushReport report;
    report.stopped_by = market_.no_api;
    return report;
  }

  void take(OrderPage& page, OrderFile file) {
    if (file.has_orders) complete_through_ = std::max(complete_through_, file.made_at);
    page.orders = std::move(file.orders);
    for (auto& found : file.problems) page.unreadable.push_back(std::move(found));
  }

  const Market market_;
  const ExchangeFolder folder_;
  base::Instant complete_through_;  // of the files of this round; a restart only makes it earlier
};

}  // namespace

std::unique_ptr<Connector> make_exchange_connector(Market market, ExchangeFolder folder) {
  return std::make_unique<ExchangeConnector>(std::move(market), std::move(folder));
}

}  // namespace connectors::common
