// Voso against the sandbox's clerk, judged by the sandbox's own truth.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "connectors/common/rate_limiter.h"
#include "connectors/common/session.h"
#include "connectors/voso/connector.h"
#include "sandbox/clerk/clerk.h"

namespace connectors::voso {
namespace {

using namespace std::chrono_literals;

class NoSessions final : public common::SessionStore {
 public:
  std::optional<common::Session> load() override { return std::nullopt; }
  void save(const common::Session&) override {}
};

WorksheetLine line(const std::string& sku, const std::string& action, std::int64_t price,
                   std::int64_t stock) {
  WorksheetLine out;
  out.content.sku = catalog::Sku{sku};
  out.content.title.vi = "Thanh long ruột đỏ \"loại 1\"; hộp 5 kg";
  out.content.unit_vi = "hộp";
  out.action = action;
  out.price_new = price;
  out.stock_new = stock;
  return out;
}

class VosoContract : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("nongsan-voso-contract-" + std::to_string(::getpid()));
    clerk_ = sandbox::make_clerk(context_, "voso", folder_, sandbox::ExportStyle::plain);
    auto made = make({catalog::AccountId{"voso"}, {{"exchange_dir", folder_.string()}}},
                     {context_.clock, sessions_, waiter_});
    ASSERT_TRUE(made.ok()) << made.error().message;
    connector_ = std::move(made).value();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::vector<catalog::Order> pull() {
    std::vector<catalog::Order> orders;
    OrderQuery query{context_.clock.now() - 24h, context_.clock.now(), {}};
    do {
      const auto page = connector_->pull_orders(query);
      EXPECT_TRUE(page.ok());
      if (!page) break;
      for (const auto& problem : page.value().unreadable) ADD_FAILURE() << problem.message;
      for (const auto& order : page.value().orders) orders.push_back(order);
      query.page_cursor = page.value().next_cursor;
    } while (!query.page_cursor.empty());
    return orders;
  }

  sandbox::Context context_{20'261'124};
  NoSessions sessions_;
  common::StoppableWaiter waiter_;
  std::filesystem::path folder_;
  std::unique_ptr<sandbox::Clerk> clerk_;
  std::unique_ptr<Connector> connector_;
};

TEST_F(VosoContract, WhatWasDeclaredIsTypedAndShown) {
  const std::vector<WorksheetLine> lines = {line("TL-DO-5KG", "create", 185'000, 33)};

  const auto files = connector_->declare("voso-2026-11-24-01", lines);
  clerk_->work();

  ASSERT_TRUE(files.ok()) << files.error().message;
  EXPECT_EQ(files.value().size(), 3U);
  const auto shown = clerk_->shown();
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0].sku, "TL-DO-5KG");
  EXPECT_EQ(shown[0].name, lines[0].content.title.vi);
  EXPECT_EQ(shown[0].price, 185'000);
  EXPECT_EQ(shown[0].stock, 33);
  EXPECT_TRUE(shown[0].visible);
}

TEST_F(VosoContract, WhatDidNotChangeStaysAndAWithdrawnListingGoes) {
  const std::vector<WorksheetLine> first = {line("TL-DO-5KG", "create", 185'000, 33)};
  const std::vector<WorksheetLine> second = {line("TL-DO-5KG", "update", -1, 20)};
  const std::vector<WorksheetLine> third = {line("TL-DO-5KG", "withdraw", -1, -1)};

  ASSERT_TRUE(connector_->declare("voso-01", first).ok());
  ASSERT_TRUE(connector_->declare("voso-02", second).ok());
  clerk_->work();
  const auto changed = clerk_->shown();
  ASSERT_TRUE(connector_->declare("voso-03", third).ok());
  clerk_->work();

  EXPECT_EQ(changed.at(0).price, 185'000);
  EXPECT_EQ(changed.at(0).stock, 20);
  EXPECT_FALSE(clerk_->shown().at(0).visible);
}

TEST_F(VosoContract, ABoughtOrderComesHomeAndItsCancellationLater) {
  const std::vector<WorksheetLine> lines = {line("TL-DO-5KG", "create", 185'000, 33),
                                            line("TL-TRANG-1KG", "create", 40'000, 10)};
  ASSERT_TRUE(connector_->declare("voso-01", lines).ok());
  clerk_->work();
  const auto bought = clerk_->buy({{"TL-DO-5KG", 2}, {"TL-TRANG-1KG", 1}});
  ASSERT_TRUE(bought.ok());

  clerk_->work();
  const auto orders = pull();
  ASSERT_TRUE(clerk_->cancel(bought.value().order_id).ok());
  clerk_->work();
  const auto again = pull();

  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].remote_id, bought.value().order_id);
  EXPECT_EQ(orders[0].status, catalog::OrderStatus::to_ship);
  EXPECT_EQ(orders[0].goods.minor, 410'000);
  EXPECT_EQ(orders[0].total.minor, 410'000);
  ASSERT_EQ(orders[0].lines.size(), 2U);
  EXPECT_EQ(orders[0].lines[0].quantity, 2);
  EXPECT_EQ(orders[0].lines[0].unit_price.minor, 185'000);
  ASSERT_EQ(again.size(), 2U);  // the older file is read again; the later one wins
  EXPECT_EQ(again[1].remote_id, bought.value().order_id);
  EXPECT_EQ(again[1].status, catalog::OrderStatus::cancelled);
  EXPECT_EQ(again[1].lines[0].remote_line_id, orders[0].lines[0].remote_line_id);
  EXPECT_EQ(again[1].lines[0].cancelled, 2);
}

}  // namespace
}  // namespace connectors::voso
