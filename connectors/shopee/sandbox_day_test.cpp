// A seller's day on the sandbox's Shopee: consent, rules, orders sent and cancelled, returns,
// payouts, chosen goods and messages.
#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <set>

#include "connectors/after_sale.h"
#include "connectors/consent.h"
#include "connectors/featuring.h"
#include "connectors/fulfilment.h"
#include "connectors/listing_rules.h"
#include "connectors/shopee/shop_test.h"
#include "connectors/webhooks.h"

namespace contract {
namespace {

using base::ErrorCode;
using catalog::Sku;
using connectors::CancelReason;
using connectors::Decision;
using web::json::value;
using namespace std::chrono_literals;

class ShopeeDay : public ConnectorContract {
 protected:
  std::string order_status(const std::string& id) {
    const auto truth = channel().truth();
    for (const auto& order : truth.at("orders").as_array()) {
      if (order.at("order_id").as_string() == id) return order.at("status").as_string();
    }
    return {};
  }
  void act(const std::string& what, const std::string& order_id) {
    auto wish = value::object();
    wish["act"] = value::string(what);
    wish["order_id"] = value::string(order_id);
    const auto done = channel().act(wish);
    ASSERT_TRUE(done.ok()) << done.error().message;
  }
  // A paid order of two packs.
  std::string sell() {
    publish(content("TL-DO-5KG", 185'000, 50));
    const auto id = buy("TL-DO-5KG", 2);
    pass(10s);
    return id;
  }
  std::string ship(const std::string& id) {
    const auto parcels = connector().fulfilment()->ship({id, {}, {}, {}, {}});
    EXPECT_TRUE(parcels.ok()) << parcels.error().message;
    pass(20s);
    const auto now = connector().fulfilment()->parcels(id);
    EXPECT_TRUE(now.ok()) << now.error().message;
    return now && !now.value().empty() ? now.value()[0].tracking_number : std::string{};
  }
  std::int64_t writes() {
    return channel().truth().at("calls").at("writes").as_number().to_int64();
  }
};

TEST_P(ShopeeDay, ACodeOfTheConsentPageLetsUsInForAYear) {
  sessions_.kept.reset();
  const auto fresh = connect({{"auth_code", ""}});
  ASSERT_NE(fresh, nullptr);
  auto& consent = *fresh->consent();
  EXPECT_FALSE(consent.state().has_value());

  const auto pages = consent.pages("http://127.0.0.1:8/back?nonce=n 1");
  ASSERT_TRUE(pages.ok());
  ASSERT_EQ(pages.value().size(), 2U);
  EXPECT_NE(pages.value()[0].url.find("/auth?partner_id="), std::string::npos);
  EXPECT_NE(pages.value()[1].url.find("/api/v2/shop/auth_partner?"), std::string::npos);
  const auto code = channel().fresh_code();
  ASSERT_TRUE(code.ok());

  sandbox::Context twin{20'261'124};  // the credentials come of its dice
  const auto shop_id = std::to_string(sandbox::make_credentials(twin.dice).shopee.shop_id);
  const auto foreign = consent.redeem({{"code", code.value()}, {"shop_id", "1"}});
  EXPECT_FALSE(foreign.ok());
  const auto info = consent.redeem({{"code", code.value()}, {"shop_id", shop_id}});

  ASSERT_TRUE(info.ok()) << info.error().message;
  EXPECT_FALSE(info.value().shop_name.empty());
  const auto state = consent.state();
  ASSERT_TRUE(state.has_value());
  ASSERT_TRUE(state->consent_ends.has_value());
  EXPECT_GT(*state->consent_ends, now() + 360 * 24h);
  EXPECT_GT(state->renewal_ends, state->access_ends);
  pass(4h + 1min);
  EXPECT_TRUE(fresh->test().ok()) << "renewed";
  EXPECT_EQ(consent.state()->consent_ends, state->consent_ends) << "renewing does not move it";
}

TEST_P(ShopeeDay, SaysAllThatAListingLacksBeforeAnythingIsSent) {
  auto coffee = content("CF-SON-LA", 0);
  coffee.category_remote_id = "100801";  // a brand and the origin must be given
  coffee.title.vi = "Cà";
  coffee.package_weight_g = 99'000;
  coffee.image_files.clear();
  const auto before = writes();

  const auto problems = connector().listing_rules()->check(coffee);

  ASSERT_TRUE(problems.ok()) << problems.error().message;
  std::set<std::string> fields;
  for (const auto& problem : problems.value()) {
    fields.insert(problem.field);
    EXPECT_FALSE(problem.vi.empty() || problem.en.empty());
  }
  EXPECT_EQ(fields, (std::set<std::string>{"attribute", "image", "logistics", "price", "title"}));
  EXPECT_EQ(writes(), before);
}

TEST_P(ShopeeDay, ACategoryWithMandatoryAttributesTakesWhatTheMapGives) {
  auto coffee = content("CF-SON-LA", 95'000);
  coffee.category_remote_id = "100801";
  coffee.attributes = {{"100037", "5067", "Việt Nam", ""},
                       {"101036", "7204", "VietGAP", ""},
                       {"101036", "7202", "OCOP 4 sao", ""},
                       {"100095", "", "12", "Months"},
                       {"brand", "1146303", "Nông sản Việt", ""}};

  const auto problems = connector().listing_rules()->check(coffee);
  const auto binding = publish(coffee);

  ASSERT_TRUE(problems.ok());
  for (const auto& problem : problems.value()) ADD_FAILURE() << problem.en;
  EXPECT_FALSE(binding.empty());
  EXPECT_TRUE(shown("CF-SON-LA").front().visible);
}

TEST_P(ShopeeDay, NamesTheLinesOfAMapThatTheShopNoLongerAgreesWith) {
  connectors::ChannelMaps maps;
  maps.categories = {{"fruit", {"100863", "Trái cây tươi"}},
                     {"food", {"100629", "Thực phẩm và đồ uống"}},
                     {"gone", {"5", "Không còn"}},
                     {"tea", {"100800", "Chè"}}};
  maps.attributes = {{"*", "origin", "", "100037", "5067", ""},
                     {"*", "origin", "", "100037", "9", ""},
                     {"fruit", "usage", "", "77", "", ""},
                     {"*", "=x", "", "brand", "424242", ""}};

  const auto drift = connector().listing_rules()->check_maps(maps);

  ASSERT_TRUE(drift.ok()) << drift.error().message;
  std::multiset<std::string> fields;
  for (const auto& one : drift.value()) fields.insert(one.field);
  EXPECT_EQ(fields, (std::multiset<std::string>{"attribute", "brand", "category", "category",
                                                "category", "value"}));
}

TEST_P(ShopeeDay, AnOrderIsShippedOnceHoweverOftenItIsAsked) {
  const auto id = sell();
  auto& desk = *connector().fulfilment();
  const auto choices = desk.choices(id);
  ASSERT_TRUE(choices.ok()) << choices.error().message;
  ASSERT_FALSE(choices.value().empty());

  const auto first = desk.ship({id, {}, choices.value().back().id, {}, {}});
  const auto second = desk.ship({id, {}, {}, {}, {}});

  ASSERT_TRUE(first.ok()) << first.error().message;
  ASSERT_TRUE(second.ok()) << second.error().message;
  ASSERT_EQ(first.value().size(), 1U);
  EXPECT_TRUE(first.value()[0].ready);
  EXPECT_EQ(order_status(id), "PROCESSED");
  const auto early = desk.label(id);
  ASSERT_FALSE(early.ok());
  EXPECT_EQ(early.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(early.error().retry_after.has_value());
  EXPECT_FALSE(ship(id).empty());
  auto label = desk.label(id);
  if (!label) {
    EXPECT_EQ(label.error().code, ErrorCode::unavailable) << label.error().message;
    pass(5s);
    label = desk.label(id);
  }
  ASSERT_TRUE(label.ok()) << label.error().message;
  EXPECT_EQ(label.value().content_type, "application/pdf");
  EXPECT_TRUE(label.value().bytes.starts_with("%PDF"));
}

TEST_P(ShopeeDay, ALostAnswerToAShipmentIsSettledByALook) {
  const auto id = sell();
  fault("/logistics/ship_order", "truncated");

  const auto parcels = connector().fulfilment()->ship({id, {}, {}, {}, {}});

  ASSERT_TRUE(parcels.ok()) << parcels.error().message;
  EXPECT_EQ(order_status(id), "PROCESSED");
}

TEST_P(ShopeeDay, AParcelThatWasNotCollectedIsOfferedAgain) {
  const auto id = sell();
  ship(id);
  act("pickup_fails", id);
  ASSERT_EQ(order_status(id), "RETRY_SHIP");

  const auto again = connector().fulfilment()->ship({id, {}, {}, {}, {}});

  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(order_status(id), "PROCESSED");
}

TEST_P(ShopeeDay, ACancelledOrderGivesItsStockBackOnce) {
  const auto id = sell();
  auto& desk = *connector().fulfilment();
  EXPECT_EQ(shown("TL-DO-5KG").front().stock, 48);

  const auto unheard = desk.cancel(id, {}, CancelReason::wrong_price);
  const auto first = desk.cancel(id, {}, CancelReason::buyer_asked);
  const auto second = desk.cancel(id, {}, CancelReason::buyer_asked);

  ASSERT_FALSE(unheard.ok());
  EXPECT_EQ(unheard.error().code, ErrorCode::rejected);
  EXPECT_TRUE(first.ok()) << first.error().message;
  EXPECT_TRUE(second.ok()) << second.error().message;
  EXPECT_EQ(order_status(id), "CANCELLED");
  EXPECT_EQ(shown("TL-DO-5KG").front().stock, 50);
  const std::vector<std::string> ids{id, "240101NOSUCH"};
  const auto fetched = connector().fetch_orders(ids);
  ASSERT_TRUE(fetched.ok()) << fetched.error().message;
  ASSERT_EQ(fetched.value().orders.size(), 1U);
  EXPECT_EQ(fetched.value().orders[0].status, catalog::OrderStatus::cancelled);
}

TEST_P(ShopeeDay, ABuyerWhoAsksToCancelIsAnswered) {
  const auto kept = sell();
  ship(kept);
  act("buyer_asks_to_cancel", kept);
  ASSERT_EQ(order_status(kept), "IN_CANCEL");
  auto& desk = *connector().fulfilment();

  EXPECT_TRUE(desk.answer_cancellation(kept, Decision::refuse).ok());
  EXPECT_TRUE(desk.answer_cancellation(kept, Decision::refuse).ok());
  EXPECT_EQ(order_status(kept), "PROCESSED");
  EXPECT_FALSE(desk.answer_cancellation(kept, Decision::accept).ok()) << "nobody asks any more";

  act("buyer_asks_to_cancel", kept);
  EXPECT_TRUE(desk.answer_cancellation(kept, Decision::accept).ok());
  EXPECT_TRUE(desk.answer_cancellation(kept, Decision::accept).ok());
  EXPECT_EQ(order_status(kept), "CANCELLED");
}

TEST_P(ShopeeDay, PayoutsSayFeesAndTaxApartAndAddUp) {
  const auto from = now();
  const auto id = sell();
  ship(id);
  for (int day = 0; day < 8; ++day) pass(24h);
  ASSERT_EQ(order_status(id), "COMPLETED");
  connectors::OrderQuery query{from, now() + 1s, {}};
  std::map<std::string, catalog::Settlement> found;

  for (int pages = 0; pages < 50; ++pages) {
    const auto page = connector().after_sale()->pull_settlements(query);
    ASSERT_TRUE(page.ok()) << page.error().message;
    EXPECT_TRUE(page.value().unreadable.empty());
    for (const auto& one : page.value().settlements) found[one.remote_id] = one;
    query.page_cursor = page.value().next_cursor;
    if (query.page_cursor.empty()) break;
  }

  ASSERT_EQ(found.size(), 1U);
  const auto sums = catalog::sums_of(found.at(id));
  EXPECT_TRUE(sums.balances);
  EXPECT_LT(sums.fees.minor, 0);
  EXPECT_LT(sums.tax.minor, 0);
  EXPECT_EQ(sums.gross.minor, 370'000);
}

TEST_P(ShopeeDay, AReturnComesHomeAndIsAnswered) {
  const auto from = now();
  const auto id = sell();
  ship(id);
  for (int hours = 0; hours < 30; ++hours) pass(1h);
  act("buyer_returns", id);
  const auto page = connector().after_sale()->pull_returns({from, now() + 1s, {}});
  ASSERT_TRUE(page.ok()) << page.error().message;
  ASSERT_EQ(page.value().cases.size(), 1U);
  const auto& one = page.value().cases[0];
  EXPECT_EQ(one.order_id, id);
  EXPECT_EQ(one.status, catalog::ReturnStatus::requested);
  ASSERT_EQ(one.lines.size(), 1U);
  EXPECT_EQ(one.lines[0].sku, Sku{"TL-DO-5KG"});
  EXPECT_EQ(one.lines[0].quantity, 2);
  auto& desk = *connector().after_sale();
  EXPECT_EQ(desk.answer_return(one.remote_id, Decision::refuse).error().code, ErrorCode::rejected);

  EXPECT_TRUE(desk.answer_return(one.remote_id, Decision::accept).ok());
  EXPECT_TRUE(desk.answer_return(one.remote_id, Decision::accept).ok());

  const auto after = desk.pull_returns({from, now() + 1s, {}});
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(after.value().cases.at(0).status, catalog::ReturnStatus::accepted);
}

TEST_P(ShopeeDay, ADisputedReturnIsDisputedOnce) {
  const auto from = now();
  const auto id = sell();
  ship(id);
  for (int hours = 0; hours < 30; ++hours) pass(1h);
  act("buyer_returns", id);
  const auto with = connect({{"dispute_email", "returns@example.com"}, {"dispute_reason_id", "1"}});
  const auto page = with->after_sale()->pull_returns({from, now() + 1s, {}});
  ASSERT_TRUE(page.ok());
  const auto sn = page.value().cases.at(0).remote_id;

  EXPECT_TRUE(with->after_sale()->answer_return(sn, Decision::refuse).ok());
  EXPECT_TRUE(with->after_sale()->answer_return(sn, Decision::refuse).ok());

  const auto after = with->after_sale()->pull_returns({from, now() + 1s, {}});
  EXPECT_EQ(after.value().cases.at(0).status, catalog::ReturnStatus::disputed);
}

TEST_P(ShopeeDay, ChosenGoodsStandInFrontAndARepeatWritesNothing) {
  std::vector<connectors::FeaturedItem> chosen;
  for (int i = 0; i < 7; ++i) {
    connectors::FeaturedItem one;
    one.sku = Sku{"SKU-" + std::to_string(i)};
    one.binding = publish(content(one.sku.text));
    one.rank = i + 1;
    chosen.push_back(one);
  }
  connectors::FeaturedItem gone;
  gone.sku = Sku{"SKU-GONE"};
  gone.binding = {"999999999", ""};
  gone.rank = 9;
  chosen.push_back(gone);
  auto& featuring = *connector().featuring();

  const auto first = featuring.feature(chosen);
  const auto before = writes();
  chosen.pop_back();
  const auto second = featuring.feature(chosen);

  ASSERT_FALSE(first.stopped_by.has_value()) << first.stopped_by->message;
  EXPECT_EQ(first.accepted.size(), 7U);
  EXPECT_EQ(first.rejected.size(), 1U);
  EXPECT_EQ(second.accepted.size(), 7U);
  EXPECT_EQ(writes(), before);
  for (auto& one : chosen) one.rank = 0;
  EXPECT_EQ(featuring.feature(chosen).accepted.size(), 7U);
  EXPECT_EQ(writes(), before + 1) << "all of them leave in one call";
}

TEST_P(ShopeeDay, AMessageOfTheShopIsVerifiedAndNamesTheOrder) {
  std::mutex mutex;
  std::vector<connectors::WebhookRequest> heard;
  std::string url;
  server::http::HttpServer ear{
      server::http::Config{}, [&](const server::http::Request& request) {
        const std::lock_guard lock{mutex};
        heard.push_back(
            {url, {{"authorization", std::string{request.header("authorization")}}}, request.body});
        return server::http::Response{};
      }};
  ear.start();
  url = "http://127.0.0.1:" + std::to_string(ear.port()) + "/hooks/shopee";
  auto& messages = *connector().webhooks();
  const auto subscribed = messages.subscribe(url);
  ASSERT_TRUE(subscribed.ok()) << subscribed.error().message;
  const auto id = sell();
  channel().deliver_pushes();
  ear.stop(5s);

  std::set<std::string> orders;
  for (const auto& request : heard) {
    const auto event = messages.verify(request);
    ASSERT_TRUE(event.ok()) << event.error().message;
    if (event.value().kind == connectors::WebhookKind::order) {
      orders.insert(event.value().order_id);
    }
    auto forged = request;
    forged.body += " ";
    EXPECT_EQ(messages.verify(forged).error().code, ErrorCode::unauthorized);
  }
  EXPECT_EQ(orders, std::set<std::string>{id});
  EXPECT_EQ(messages.acknowledgement().body, "");
}

INSTANTIATE_TEST_SUITE_P(Shopee, ShopeeDay, ::testing::Values(shopee_shop()), shop_name);

}  // namespace
}  // namespace contract
