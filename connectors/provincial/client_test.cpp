#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "connectors/common/scripted_transport.h"
#include "connectors/common/session.h"
#include "connectors/provincial/connector.h"
#include "connectors/provincial/store.h"

namespace connectors::provincial {
namespace {

using base::ErrorCode;
using catalog::Binding;
using catalog::Sku;
using common::RestResponse;
using common::ScriptedTransport;
using common::WireRequest;
using namespace std::chrono_literals;

class NoSessions final : public common::SessionStore {
 public:
  std::optional<common::Session> load() override { return std::nullopt; }
  void save(const common::Session&) override {}
};

Settings settings(std::map<std::string, std::string> more = {}) {
  Settings out{catalog::AccountId{"san"},
               {{"base_url", "https://san.example.vn/shop/"},
                {"consumer_key", "ck_1"},
                {"consumer_secret", "cs_2"}}};
  for (auto& [name, value] : more) out.options[name] = value;
  return out;
}

common::Json parsed(const std::string& body) {
  auto json = common::parse_json(body);
  EXPECT_TRUE(json.ok()) << body;
  return json ? std::move(json).value() : common::Json{};
}

std::string product(std::int64_t id, const std::string& more) {
  return R"({"id":)" + std::to_string(id) + R"(,"status":"publish",)" + more + "}";
}

class ProvincialStore : public ::testing::Test {
 protected:
  Store store(std::map<std::string, std::string> more = {}) {
    auto options = read_options(settings(std::move(more)));
    EXPECT_TRUE(options.ok());
    return Store(std::move(options).value(), {clock_, sessions_, waiter_}, wire_);
  }

  static ListingContent content(const std::string& sku, const std::string& id = {}) {
    ListingContent out;
    out.sku = Sku{sku};
    out.binding.item_id = id;
    out.title.vi = "Thanh long";
    out.price = 65'000;
    out.initial_stock = 8;
    return out;
  }
  static StockUpdate level(const std::string& id, std::int64_t quantity, bool delta = false) {
    return {Sku{"S" + id}, Binding{id, {}}, delta, quantity};
  }

  base::ManualClock clock_{base::from_unix_s(1'795'500'000)};
  NoSessions sessions_;
  common::ManualWaiter waiter_{clock_};
  std::shared_ptr<ScriptedTransport> wire_ = std::make_shared<ScriptedTransport>();
};

TEST_F(ProvincialStore, SignsInByBasicAuthenticationUnderTheSubPath) {
  wire_->reply(200, "[]", {{"X-WP-Total", "31"}, {"X-WP-TotalPages", "31"}});

  const auto info = store().test();

  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info.value().shop_name, "san.example.vn/shop");
  EXPECT_EQ(info.value().note, "31 products");
  const auto request = wire_->requests().at(0);
  EXPECT_EQ(request.url, "https://san.example.vn/shop/wp-json/wc/v3/products?per_page=1");
  EXPECT_EQ(common::find_header(request.headers, "Authorization"), "Basic Y2tfMTpjc18y");
}

TEST_F(ProvincialStore, AsksByRestRouteWhereTheStoreHasNoPermalinks) {
  wire_->reply(200, "[]");

  const auto info = store({{"rest_route", "yes"}}).test();

  EXPECT_TRUE(info.ok());
  EXPECT_EQ(wire_->requests().at(0).url,
            "https://san.example.vn/shop/index.php?rest_route=%2Fwc%2Fv3%2Fproducts&per_page=1");
}

TEST_F(ProvincialStore, AnOptionIsNamedAndItsValueIsNot) {
  for (const auto& [name, value] : std::map<std::string, std::string>{{"consumer_secret", " "},
                                                                      {"base_url", "ftp://secret"},
                                                                      {"rest_route", "secret"},
                                                                      {"page_size", "secret"},
                                                                      {"images_base_url", "secret"},
                                                                      {"calls_per_second", "0"}}) {
    const auto made = make(settings({{name, value}}), {clock_, sessions_, waiter_});
    ASSERT_FALSE(made.ok()) << name;
    EXPECT_EQ(made.error().code, ErrorCode::invalid);
    EXPECT_NE(made.error().message.find(name), std::string::npos);
    EXPECT_EQ(made.error().message.find("secret", made.error().message.find(name) + name.size()),
              std::string::npos);
  }
}

TEST_F(ProvincialStore, PlainHttpGoesToThisMachineOnly) {
  const Environment environment{clock_, sessions_, waiter_};

  EXPECT_FALSE(make(settings({{"base_url", "http://san.example.vn"}}), environment).ok());
  EXPECT_TRUE(make(settings({{"base_url", "http://127.0.0.1:8080"}}), environment).ok());
}

TEST_F(ProvincialStore, VerdictsAreMatchedByPosition) {
  wire_->reply(200, R"({"create":[)" +
                        product(12, R"("sku":"A","regular_price":"65000","stock_quantity":8)") +
                        R"(,{"id":0,"error":{"code":"product_invalid_sku","message":"Invalid or )"
                        R"(duplicated SKU.","data":{"status":400,"resource_id":12}}}]})");
  const std::vector<ListingContent> batch = {content("A"), content("B")};

  const auto report = store().publish(batch);

  ASSERT_EQ(report.accepted.size(), 1U);
  EXPECT_EQ(report.accepted[0].binding, (Binding{"12", {}}));
  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected[0].index, 1U);
  EXPECT_EQ(report.rejected[0].error.code, ErrorCode::conflict);
  EXPECT_NE(report.rejected[0].error.message.find("product 12"), std::string::npos);
  EXPECT_EQ(wire_->requests().at(0).repeatable, common::Repeatable::no);
}

TEST_F(ProvincialStore, ANewProductThatKeptAnotherPriceIsLookedUpAgain) {
  wire_->reply(200, R"({"create":[)" +
                        product(12, R"("sku":"A","regular_price":"","stock_quantity":8)") + "]}");
  const auto sent = content("A");

  const auto report = store().publish({&sent, 1});

  EXPECT_TRUE(report.accepted.empty());
  EXPECT_TRUE(report.rejected.empty());
  ASSERT_TRUE(report.stopped_by.has_value());
  EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
}

TEST_F(ProvincialStore, NonsenseIsRefusedBeforeItIsSent) {
  auto free_of_charge = content("A");
  free_of_charge.price = 0;

  const auto report = store().publish({&free_of_charge, 1});

  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_TRUE(wire_->requests().empty());
}

TEST_F(ProvincialStore, BatchesShrinkWhenTheStoreIsSlow) {
  std::vector<std::size_t> sizes;
  wire_->otherwise([&](const WireRequest& request) -> base::Result<RestResponse> {
    std::string rows;
    const auto body = parsed(request.body);
    for (const auto& one : common::items(body, "create")) {
      clock_.advance(2s);
      rows += (rows.empty() ? "" : ",") +
              product(7, R"("sku":")" + common::text(one, "sku") +
                             R"(","regular_price":"65000","stock_quantity":8)");
    }
    sizes.push_back(common::items(body, "create").size());
    return RestResponse{200, {}, R"({"create":[)" + rows + "]}"};
  });
  std::vector<ListingContent> batch;
  for (int i = 0; i < 45; ++i) batch.push_back(content("S" + std::to_string(i)));
  auto slow = store();
  EXPECT_EQ(slow.capabilities().publish_batch_max, 20U);

  const auto report = slow.publish(batch);

  EXPECT_EQ(report.accepted.size(), 45U);
  EXPECT_EQ(sizes, (std::vector<std::size_t>{20, 10, 10, 5}));
  EXPECT_EQ(slow.capabilities().publish_batch_max, 10U);
}

TEST_F(ProvincialStore, NoBatchIsLargerThanTheStoreTakes) {
  BatchSize size(20);

  for (int i = 0; i < 9; ++i) size.measured(size.items(), 1ms);

  EXPECT_EQ(size.items(), kBatchMax);
  size.measured(100, 25s);
  EXPECT_EQ(size.items(), 80U);
  size.measured(1, 90s);
  EXPECT_EQ(size.items(), 1U);
}

TEST_F(ProvincialStore, StockIsSetAndCheckedOneByOne) {
  wire_->reply(200, R"({"update":[)" + product(1, R"("stock_quantity":5)") + "," +
                        product(2, R"("stock_quantity":null)") + "," +
                        product(3, R"("stock_quantity":4)") + "," +
                        product(9, R"("stock_quantity":5)") + "]}");
  const std::vector<StockUpdate> batch = {level("1", 5), level("2", 5), level("3", -3, true),
                                          level("4", 5)};

  const auto report = store().push_stock(batch);

  EXPECT_EQ(report.accepted, (std::vector<std::size_t>{0, 2}));
  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected[0].index, 1U);
  ASSERT_TRUE(report.stopped_by.has_value());  // the fourth answer is another product's
  EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
  const auto body = parsed(wire_->requests().at(0).body);
  const auto rows = common::items(body, "update");
  EXPECT_EQ(common::to_text(rows[0]), R"({"id":1,"manage_stock":true,"stock_quantity":5})");
  EXPECT_EQ(common::to_text(rows[2]), R"({"id":3,"inventory_delta":-3})");
  EXPECT_EQ(wire_->requests().at(0).repeatable, common::Repeatable::no);
}

TEST_F(ProvincialStore, AnotherLevelThanTheOneSetIsAnOpenEnd) {
  wire_->reply(200, R"({"update":[)" + product(1, R"("stock_quantity":4)") + "]}");
  const auto update = level("1", 5);

  const auto report = store().push_stock({&update, 1});

  EXPECT_TRUE(report.accepted.empty());
  EXPECT_TRUE(report.rejected.empty());
  ASSERT_TRUE(report.stopped_by.has_value());
  EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
}

TEST_F(ProvincialStore, APriceThatWasNotKeptIsRejected) {
  wire_->reply(200, R"({"update":[)" + product(1, R"("regular_price":"")") + "," +
                        product(2, R"("regular_price":"70000.00")") + "]}");
  const std::vector<PriceUpdate> batch = {{Sku{"A"}, {"1", {}}, 70'000},
                                          {Sku{"B"}, {"2", {}}, 70'000}};

  const auto report = store().push_prices(batch);

  EXPECT_EQ(report.accepted, std::vector<std::size_t>{1});
  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected[0].error.code, ErrorCode::rejected);
  EXPECT_NE(wire_->requests().at(0).body.find(R"("regular_price":"70000")"), std::string::npos);
}

TEST_F(ProvincialStore, AnAnswerThatCannotBeMatchedLeavesAllOpen) {
  for (const std::string body : {"<html>", R"({"update":[]})", R"({"create":[{"id":1}]})", "7"}) {
    wire_->reply(200, body);
    const auto update = level("1", 5);
    const auto report = store().push_stock({&update, 1});
    ASSERT_TRUE(report.stopped_by.has_value()) << body;
    EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome) << body;
    EXPECT_TRUE(report.rejected.empty() && report.accepted.empty());
  }
}

TEST_F(ProvincialStore, ListsByPagesAndReadsAPageAgainAfterADeletion) {
  const auto page = [&](int first, const std::string& total, const std::string& pages) {
    wire_->reply(200, "[" + product(first, "\"x\":1") + "," + product(first + 1, "\"x\":1") + "]",
                 {{"X-WP-Total", total}, {"X-WP-TotalPages", pages}});
  };
  auto shop = store({{"page_size", "2"}});
  page(1, "6", "3");
  page(4, "5", "3");  // number 3 moved to page one
  page(2, "5", "3");

  const auto one = shop.list("");
  const auto two = shop.list(one.value().next_cursor);
  const auto again = shop.list(two.value().next_cursor);

  EXPECT_EQ(one.value().next_cursor, "2/6");
  EXPECT_EQ(two.value().next_cursor, "1/5");
  EXPECT_EQ(again.value().next_cursor, "2/5");
  EXPECT_NE(wire_->requests()[0].url.find("orderby=id"), std::string::npos);
}

TEST_F(ProvincialStore, FindsBySkuExactly) {
  wire_->reply(
      200, "[" + product(1, R"("sku":"TL-DO-5KG")") + "," + product(2, R"("sku":"TL-DO")") + "]");

  const auto found = store().find(Sku{"TL-DO"});

  ASSERT_TRUE(found.ok());
  ASSERT_TRUE(found.value().has_value());
  EXPECT_EQ(found.value()->binding.item_id, "2");
}

TEST_F(ProvincialStore, OrdersAreAskedForInUtcByModification) {
  wire_->reply(200, "[]");

  const auto page = store().pull_orders(
      {base::from_unix_ms(1'795'500'000'900), base::from_unix_ms(1'795'503'600'100), {}});

  ASSERT_TRUE(page.ok());
  EXPECT_TRUE(page.value().next_cursor.empty());
  EXPECT_EQ(
      wire_->requests().at(0).url,
      "https://san.example.vn/shop/wp-json/wc/v3/orders?modified_after=2026-11-24T05%3A59%3A59"
      "&modified_before=2026-11-24T07%3A00%3A01&dates_are_gmt=true&orderby=modified&order=asc"
      "&status=any&per_page=100&page=1");
}

TEST_F(ProvincialStore, ThrottlingNamesAWaitAndSlowsTheNextCall) {
  wire_->reply(429, "slow down");
  wire_->reply(200, "[]");
  auto shop = store();

  const auto first = shop.test();
  const auto before = clock_.now();
  const auto second = shop.test();

  ASSERT_FALSE(first.ok());
  EXPECT_EQ(first.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(first.error().retry_after, std::chrono::milliseconds(5s));
  EXPECT_TRUE(second.ok());
  EXPECT_GE(clock_.now() - before, base::Millis(5s));
}

TEST_F(ProvincialStore, PicturesTheStoreHasAreNotSentAgain) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("nongsan-pictures-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream{folder / "thanh long.jpg"} << "picture";
  auto sent = content("A", "12");
  sent.image_files = {(folder / "thanh long.jpg").string()};
  auto shop = store({{"images_base_url", "https://p.example.vn/g"}});
  wire_->reply(200, "[" + product(12, R"("sku":"A")") + "]");
  wire_->reply(200, R"({"update":[)" + product(12, R"("sku":"A")") + "]}");

  ASSERT_EQ(shop.publish({&sent, 1}).accepted.size(), 1U);
  const auto update = parsed(wire_->requests().at(1).body);
  const auto& first = common::items(update, "update")[0];
  const auto mark = picture_fingerprint(first);
  wire_->reply(
      200,
      "[" + product(12, R"("meta_data":[{"key":"_nongsan_pictures","value":")" + mark + R"("}])") +
          "]");
  wire_->reply(200, R"({"update":[)" + product(12, R"("sku":"A")") + "]}");
  ASSERT_EQ(shop.publish({&sent, 1}).accepted.size(), 1U);

  std::filesystem::remove_all(folder);
  EXPECT_EQ(common::text(common::items(first, "images")[0], "src"),
            "https://p.example.vn/g/thanh%20long.jpg");
  EXPECT_EQ(wire_->requests().at(3).body.find("images"), std::string::npos);
}

}  // namespace
}  // namespace connectors::provincial
