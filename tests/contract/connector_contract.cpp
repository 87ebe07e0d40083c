#include "tests/contract/connector_contract.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "sandbox/faulty_handler.h"

namespace contract {

using base::ErrorCode;
using catalog::Binding;
using catalog::Order;
using catalog::Sku;
using connectors::Connector;
using connectors::ListingContent;
using connectors::PriceUpdate;
using connectors::RemoteListing;
using connectors::StockUpdate;
using namespace std::chrono_literals;

namespace {

constexpr int kPagesMax = 400;
constexpr auto kServerGrace = 5s;

// The head of an 800 x 800 PNG, and a few bytes so that no two pictures are alike.
std::string picture(const std::string& salt) {
  std::string bytes{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\x20\0\0\x03\x20\x08\x02\0\0\0", 29};
  return bytes + salt;
}

StockUpdate set_stock(const std::string& sku, const Binding& binding, std::int64_t quantity) {
  return {Sku{sku}, binding, false, quantity};
}

bool contains(const std::vector<std::size_t>& list, std::size_t index) {
  return std::find(list.begin(), list.end(), index) != list.end();
}

}  // namespace

void PrintTo(const Shop& shop, std::ostream* out) {
  *out << shop.name;
}

std::string shop_name(const ::testing::TestParamInfo<Shop>& info) {
  return info.param.name;
}

void ConnectorContract::SetUp() {
  auto open = GetParam().open(context_);
  channel_ = std::move(open.channel);
  options_ = std::move(open.options);
  server_ = std::make_unique<server::http::HttpServer>(server::http::Config{},
                                                       sandbox::with_faults(*channel_, context_));
  server_->start();
  options_[GetParam().url_option] =
      "http://127.0.0.1:" + std::to_string(server_->port()) + GetParam().url_path;
  if (!GetParam().code_option.empty()) {
    auto code = channel_->fresh_code();
    ASSERT_TRUE(code.ok());
    options_[GetParam().code_option] = code.value();
  }
  folder_ = std::filesystem::temp_directory_path() /
            ("nongsan-contract-" + GetParam().name + "-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder_);
  std::ofstream{folder_ / "one.png", std::ios::binary} << picture("one");
  std::ofstream{folder_ / "two.png", std::ios::binary} << picture("two");
  connector_ = connect();
  ASSERT_NE(connector_, nullptr);
}

void ConnectorContract::TearDown() {
  connector_.reset();
  if (server_) server_->stop(kServerGrace);
  std::filesystem::remove_all(folder_);
}

std::unique_ptr<Connector> ConnectorContract::connect(const OptionMap& more) {
  connectors::Settings settings{catalog::AccountId{"contract"}, options_};
  for (const auto& [name, value] : more) settings.options[name] = value;
  auto made = GetParam().make(settings, {context_.clock, sessions_, waiter_, nullptr, &uploads_});
  EXPECT_TRUE(made.ok()) << made.error().message;
  return made.ok() ? std::move(made).value() : nullptr;
}

ListingContent ConnectorContract::content(const std::string& sku, std::int64_t price,
                                          std::int64_t stock) const {
  ListingContent content;
  content.sku = Sku{sku};
  content.title = {"Thanh long ruột đỏ Dương Xuân - Hộp 5 kg (" + sku + ")", "Red dragon fruit"};
  content.description = {
      "Thanh long trồng theo VietGAP, thu hoạch trong ngày, đóng hộp tại vườn & giao nhanh.", ""};
  content.category = "fruit/fresh";
  content.category_remote_id = GetParam().category;
  content.producer_name = "HTX Thanh long Dương Xuân";
  content.unit_vi = "hộp";
  content.net_weight_g = 5'000;
  content.package_weight_g = 5'200;
  content.length_cm = 38;
  content.width_cm = 24;
  content.height_cm = 19;
  content.image_files = {(folder_ / "one.png").string(), (folder_ / "two.png").string()};
  content.price = price;
  content.initial_stock = stock;
  return content;
}

Binding ConnectorContract::publish(const ListingContent& content) {
  const auto report = connector().publish({&content, 1});
  if (report.stopped_by) ADD_FAILURE() << report.stopped_by->message;
  for (const auto& rejection : report.rejected) ADD_FAILURE() << rejection.error.message;
  if (report.accepted.empty()) return {};
  if (GetParam().goes_live_after > 0s) pass(GetParam().goes_live_after);
  return report.accepted.front().binding;
}

std::optional<RemoteListing> ConnectorContract::read_one(const Binding& binding) {
  const auto listings = connector().read({&binding, 1});
  EXPECT_TRUE(listings.ok()) << listings.error().message;
  if (!listings || listings.value().size() != 1) return std::nullopt;
  return listings.value().front();
}

std::vector<sandbox::Shown> ConnectorContract::shown(const std::string& sku) const {
  auto all = channel_->shown();
  std::erase_if(all, [&](const sandbox::Shown& row) { return row.sku != sku; });
  return all;
}

std::string ConnectorContract::buy(const std::string& sku, std::int64_t quantity) {
  const auto purchase = channel().buy({{sku, quantity}});
  EXPECT_TRUE(purchase.ok()) << purchase.error().message;
  return purchase ? purchase.value().order_id : std::string{};
}

std::vector<Order> ConnectorContract::pull(Connector& from_connector, base::Instant from) {
  std::vector<Order> orders;
  connectors::OrderQuery query{from, now() + 1s, {}};
  for (int pages = 0; pages < kPagesMax; ++pages) {
    auto page = from_connector.pull_orders(query);
    EXPECT_TRUE(page.ok()) << page.error().message;
    if (!page) break;
    for (const auto& error : page.value().unreadable) ADD_FAILURE() << error.message;
    auto& found = page.value().orders;
    std::move(found.begin(), found.end(), std::back_inserter(orders));
    query.page_cursor = page.value().next_cursor;
    if (query.page_cursor.empty()) return orders;
  }
  ADD_FAILURE() << "the pages do not end";
  return orders;
}

void ConnectorContract::fault(const std::string& path, const std::string& kind, int status,
                              const std::string& body) {
  auto rule = web::json::value::object();
  rule["channel"] = web::json::value::string(channel().name());
  rule["path"] = web::json::value::string(path);
  rule["kind"] = web::json::value::string(kind);
  rule["status"] = web::json::value::number(status);
  rule["body"] = web::json::value::string(body);
  rule["times"] = web::json::value::number(1);
  context_.faults.set(web::json::value::array({rule}));
}

TEST_P(ConnectorContract, TestNamesTheShop) {
  const auto info = connector().test();

  ASSERT_TRUE(info.ok()) << info.error().message;
  EXPECT_FALSE(info.value().shop_name.empty());
}

TEST_P(ConnectorContract, WhatWasPublishedIsFoundAndRead) {
  const auto sent = content("TL-DO-5KG", 185'000, 33);

  const auto binding = publish(sent);
  const auto found = connector().find(sent.sku);

  ASSERT_TRUE(found.ok()) << found.error().message;
  ASSERT_TRUE(found.value().has_value());
  EXPECT_EQ(found.value()->binding, binding);
  const auto read = read_one(binding);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->sku, sent.sku);
  EXPECT_EQ(read->title, sent.title.vi);
  EXPECT_EQ(read->price, 185'000);
  EXPECT_EQ(read->stock, 33);
  EXPECT_TRUE(read->visible) << read->remote_status;
  ASSERT_EQ(shown("TL-DO-5KG").size(), 1U);
  EXPECT_EQ(shown("TL-DO-5KG").front().price, 185'000);
}

TEST_P(ConnectorContract, NothingIsFoundUnderAnUnknownSku) {
  publish(content("TL-DO-5KG"));

  const auto found = connector().find(Sku{"TL-DO"});

  ASSERT_TRUE(found.ok()) << found.error().message;
  EXPECT_FALSE(found.value().has_value());
}

TEST_P(ConnectorContract, PublishingWithTheBindingMakesNoTwin) {
  auto sent = content("TL-DO-5KG");
  sent.binding = publish(sent);

  sent.title.vi = "Thanh long ruột đỏ Dương Xuân - Hộp 5 kg loại 1";
  const auto again = publish(sent);

  EXPECT_EQ(again, sent.binding);
  EXPECT_EQ(shown("TL-DO-5KG").size(), 1U);
  const auto read = read_one(again);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->title, sent.title.vi);
}

TEST_P(ConnectorContract, AWithdrawnListingIsHiddenAndComesBack) {
  auto sent = content("TL-DO-5KG");
  sent.binding = publish(sent);

  sent.visible = false;
  publish(sent);
  ASSERT_EQ(shown("TL-DO-5KG").size(), 1U);
  EXPECT_FALSE(shown("TL-DO-5KG").front().visible);
  EXPECT_FALSE(read_one(sent.binding).value_or(RemoteListing{}).visible);

  sent.visible = true;
  publish(sent);
  EXPECT_TRUE(shown("TL-DO-5KG").front().visible);
}

TEST_P(ConnectorContract, AListingWithoutAPictureFileIsRejectedAlone) {
  auto bad = content("TL-KHONG-ANH");
  bad.image_files = {"/nonexistent/picture.png"};
  const std::vector<ListingContent> batch{bad, content("TL-DO-5KG")};

  const auto report = connector().publish(batch);

  EXPECT_FALSE(report.stopped_by.has_value());
  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected.front().index, 0U);
  EXPECT_EQ(report.rejected.front().error.code, ErrorCode::rejected);
  ASSERT_EQ(report.accepted.size(), 1U);
  EXPECT_EQ(report.accepted.front().index, 1U);
}

TEST_P(ConnectorContract, StockThatWasSetIsShown) {
  const auto binding = publish(content("TL-DO-5KG"));
  const auto update = set_stock("TL-DO-5KG", binding, 17);

  const auto report = connector().push_stock({&update, 1});

  ASSERT_FALSE(report.stopped_by.has_value()) << report.stopped_by->message;
  EXPECT_EQ(report.accepted, std::vector<std::size_t>{0});
  EXPECT_EQ(shown("TL-DO-5KG").front().stock, 17);
  EXPECT_EQ(read_one(binding).value_or(RemoteListing{}).stock, 17);
}

TEST_P(ConnectorContract, StockCanBeSetToNothing) {
  const auto binding = publish(content("TL-DO-5KG"));
  const auto update = set_stock("TL-DO-5KG", binding, 0);

  const auto report = connector().push_stock({&update, 1});

  EXPECT_EQ(report.accepted, std::vector<std::size_t>{0});
  EXPECT_EQ(shown("TL-DO-5KG").front().stock, 0);
}

TEST_P(ConnectorContract, AChangeOfStockIsAddedWhereTheChannelCan) {
  const auto binding = publish(content("TL-DO-5KG", 65'000, 10));
  const bool can =
      connector().capabilities().stock_write == catalog::StockWrite::absolute_and_delta;
  const StockUpdate more{Sku{"TL-DO-5KG"}, binding, true, 5};
  const StockUpdate fewer{Sku{"TL-DO-5KG"}, binding, true, -2};

  const auto added = connector().push_stock({&more, 1});
  const auto taken = connector().push_stock({&fewer, 1});

  EXPECT_EQ(added.accepted.size(), can ? 1U : 0U);
  EXPECT_EQ(taken.accepted.size(), can ? 1U : 0U);
  EXPECT_EQ(added.rejected.size(), can ? 0U : 1U);
  EXPECT_EQ(shown("TL-DO-5KG").front().stock, can ? 13 : 10);
}

TEST_P(ConnectorContract, APriceThatWasSetIsShown) {
  const auto binding = publish(content("TL-DO-5KG"));
  const PriceUpdate update{Sku{"TL-DO-5KG"}, binding, 72'000};

  const auto report = connector().push_prices({&update, 1});

  ASSERT_FALSE(report.stopped_by.has_value()) << report.stopped_by->message;
  EXPECT_EQ(report.accepted, std::vector<std::size_t>{0});
  EXPECT_EQ(shown("TL-DO-5KG").front().price, 72'000);
  EXPECT_EQ(read_one(binding).value_or(RemoteListing{}).price, 72'000);
}

TEST_P(ConnectorContract, AnUnknownBindingFailsAloneByIndex) {
  const auto binding = publish(content("TL-DO-5KG"));
  const Binding gone{"999999999", binding.unit_id.empty() ? "" : "888888888"};
  const std::vector<StockUpdate> batch{set_stock("TL-DO-5KG", binding, 21),
                                       set_stock("TL-KHONG-CO", gone, 5)};

  const auto report = connector().push_stock(batch);

  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected.front().index, 1U);
  EXPECT_FALSE(contains(report.accepted, 1));
  if (contains(report.accepted, 0)) {
    EXPECT_EQ(shown("TL-DO-5KG").front().stock, 21);
  } else {  // a channel that answers for the whole batch at once
    ASSERT_TRUE(report.stopped_by.has_value());
    EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
  }
}

TEST_P(ConnectorContract, PricesOfTheRestAreSetWhenOneBindingIsUnknown) {
  const auto binding = publish(content("TL-DO-5KG"));
  const Binding gone{"999999999", binding.unit_id.empty() ? "" : "888888888"};
  const std::vector<PriceUpdate> batch{{Sku{"TL-KHONG-CO"}, gone, 5'000},
                                       {Sku{"TL-DO-5KG"}, binding, 71'000}};

  const auto report = connector().push_prices(batch);

  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected.front().index, 0U);
  EXPECT_EQ(report.accepted, std::vector<std::size_t>{1});
  EXPECT_EQ(shown("TL-DO-5KG").front().price, 71'000);
}

TEST_P(ConnectorContract, AListingThatIsGoneIsLeftOutOfARead) {
  const auto binding = publish(content("TL-DO-5KG"));
  const std::vector<Binding> wanted{{"999999999", binding.unit_id.empty() ? "" : "888888888"},
                                    binding};

  const auto listings = connector().read(wanted);

  ASSERT_TRUE(listings.ok()) << listings.error().message;
  ASSERT_EQ(listings.value().size(), 1U);
  EXPECT_EQ(listings.value().front().binding, binding);
}

TEST_P(ConnectorContract, TheListNamesEveryListingOnce) {
  std::set<std::string> missing;
  for (int i = 0; i < 25; ++i) {
    const auto one = content("SKU-" + std::to_string(i));
    publish(one);
    missing.insert(one.sku.text);
  }
  const auto small = connect(GetParam().small_pages);
  ASSERT_NE(small, nullptr);

  std::set<std::pair<std::string, std::string>> listed;
  std::string cursor;
  for (int pages = 0; pages < kPagesMax; ++pages) {
    const auto page = small->list(cursor);
    ASSERT_TRUE(page.ok()) << page.error().message;
    for (const auto& listing : page.value().listings) {
      const auto& [item, unit] = listing.binding;
      EXPECT_TRUE(listed.emplace(item, unit).second) << listing.sku.text << " is listed twice";
      missing.erase(listing.sku.text);
    }
    cursor = page.value().next_cursor;
    if (cursor.empty()) break;
  }

  EXPECT_TRUE(cursor.empty());
  EXPECT_TRUE(missing.empty());
}

TEST_P(ConnectorContract, ABoughtOrderComesHomeOnce) {
  const auto binding = publish(content("TL-DO-5KG", 185'000, 10));
  const auto from = now() - 1min;

  const auto id = buy("TL-DO-5KG", 2);
  pass(5s);
  const auto orders = pull(connector(), from);

  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].remote_id, id);
  EXPECT_NE(orders[0].status, catalog::OrderStatus::cancelled);
  ASSERT_EQ(orders[0].lines.size(), 1U);
  const auto& line = orders[0].lines[0];
  EXPECT_EQ(line.sku, Sku{"TL-DO-5KG"});
  EXPECT_EQ(line.remote_item_id, binding.item_id);
  EXPECT_EQ(line.quantity, 2);
  EXPECT_EQ(line.cancelled, 0);
  EXPECT_EQ(line.unit_price.minor, 185'000);
  EXPECT_EQ(orders[0].goods.minor, 370'000);
  EXPECT_GE(orders[0].total.minor, 1);
  EXPECT_LE(orders[0].created_at, orders[0].updated_at);
  EXPECT_LE(from, orders[0].created_at);
}

TEST_P(ConnectorContract, ACancelledOrderComesHomeAgain) {
  publish(content("TL-DO-5KG", 185'000, 10));
  const auto from = now() - 1min;
  const auto id = buy("TL-DO-5KG", 2);
  pass(5s);
  const auto before = pull(connector(), from);
  ASSERT_EQ(before.size(), 1U);
  pass(10min);
  const auto since = now() - 1s;

  ASSERT_TRUE(channel().cancel(id).ok());
  pass(5s);
  const auto after = pull(connector(), since);

  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].remote_id, id);
  EXPECT_EQ(after[0].status, catalog::OrderStatus::cancelled);
  ASSERT_EQ(after[0].lines.size(), 1U);
  EXPECT_EQ(after[0].lines[0].remote_line_id, before[0].lines[0].remote_line_id);
  EXPECT_LT(before[0].updated_at, after[0].updated_at);
}

TEST_P(ConnectorContract, SmallPagesLoseNoOrderAndDoubleNone) {
  constexpr int kOrders = 120;
  publish(content("TL-DO-5KG", 65'000, 500));
  const auto from = now() - 1min;
  std::set<std::string> bought;
  for (int i = 0; i < kOrders; ++i) {
    bought.insert(buy("TL-DO-5KG", 1));
    if (i % 25 == 24) pass(2s);  // some share a second, some do not
  }
  pass(5s);
  const auto small = connect(GetParam().small_pages);
  ASSERT_NE(small, nullptr);

  const auto orders = pull(*small, from);

  std::set<std::string> found;
  for (const auto& order : orders) found.insert(order.remote_id);
  EXPECT_EQ(orders.size(), static_cast<std::size_t>(kOrders));
  EXPECT_EQ(found, bought);
}

TEST_P(ConnectorContract, ARejectedTokenIsRenewedOnce) {
  if (GetParam().code_option.empty()) GTEST_SKIP() << "the channel has no tokens";
  const auto binding = publish(content("TL-DO-5KG"));
  ASSERT_TRUE(sessions_.kept.has_value());
  sessions_.kept->access_token = "0000000000000000";  // as if another process had outlived it
  const int saves = sessions_.saves;
  const auto fresh = connect();
  ASSERT_NE(fresh, nullptr);

  const auto first = fresh->read({&binding, 1});
  const auto second = fresh->read({&binding, 1});

  ASSERT_TRUE(first.ok()) << first.error().message;
  EXPECT_EQ(first.value().size(), 1U);
  ASSERT_TRUE(second.ok()) << second.error().message;
  EXPECT_EQ(sessions_.saves, saves + 1);
}

TEST_P(ConnectorContract, AnExpiredTokenIsRenewedMidWay) {
  if (GetParam().access_token_life == 0h) GTEST_SKIP() << "the channel has no tokens";
  const auto binding = publish(content("TL-DO-5KG"));
  const int saves = sessions_.saves;

  pass(GetParam().access_token_life + 1min);
  const auto update = set_stock("TL-DO-5KG", binding, 9);
  const auto report = connector().push_stock({&update, 1});

  ASSERT_FALSE(report.stopped_by.has_value()) << report.stopped_by->message;
  EXPECT_EQ(report.accepted.size(), 1U);
  EXPECT_EQ(sessions_.saves, saves + 1);
}

TEST_P(ConnectorContract, ThrottlingSaysHowLongToWait) {
  const auto binding = publish(content("TL-DO-5KG"));
  fault("", "status", GetParam().throttle_status, GetParam().throttle_body);
  const auto update = set_stock("TL-DO-5KG", binding, 9);

  const auto report = connector().push_stock({&update, 1});
  const auto after = connector().push_stock({&update, 1});

  EXPECT_TRUE(report.accepted.empty());
  EXPECT_TRUE(report.rejected.empty());
  ASSERT_TRUE(report.stopped_by.has_value());
  EXPECT_EQ(report.stopped_by->code, ErrorCode::rate_limited);
  EXPECT_GT(report.stopped_by->retry_after.value_or(0ms), 0ms);
  EXPECT_EQ(after.accepted.size(), 1U);
}

TEST_P(ConnectorContract, ALostAnswerToACreateLeavesOneListingToFind) {
  fault(GetParam().create_path, "truncated");
  auto sent = content("TL-DO-5KG");

  const auto report = connector().publish({&sent, 1});

  EXPECT_TRUE(report.accepted.empty());
  EXPECT_TRUE(report.rejected.empty());
  ASSERT_TRUE(report.stopped_by.has_value());
  EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
  EXPECT_EQ(shown("TL-DO-5KG").size(), 1U);
  const auto found = connector().find(sent.sku);
  ASSERT_TRUE(found.ok()) << found.error().message;
  ASSERT_TRUE(found.value().has_value());
  sent.binding = found.value()->binding;
  publish(sent);
  EXPECT_EQ(shown("TL-DO-5KG").size(), 1U);
}

TEST_P(ConnectorContract, ALostAnswerToAStockLevelIsAnUnknownOutcome) {
  const auto binding = publish(content("TL-DO-5KG"));
  fault("", "truncated");
  const auto update = set_stock("TL-DO-5KG", binding, 9);

  const auto report = connector().push_stock({&update, 1});

  EXPECT_TRUE(report.accepted.empty());
  EXPECT_TRUE(report.rejected.empty());
  ASSERT_TRUE(report.stopped_by.has_value());
  EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
  EXPECT_EQ(shown("TL-DO-5KG").front().stock, 9);
}

TEST_P(ConnectorContract, AWebPageInPlaceOfAnAnswerIsNamed) {
  const auto binding = publish(content("TL-DO-5KG"));
  fault("", "html");

  const auto listings = connector().read({&binding, 1});

  ASSERT_FALSE(listings.ok());
  EXPECT_EQ(listings.error().code, ErrorCode::protocol);
}

}  // namespace contract
