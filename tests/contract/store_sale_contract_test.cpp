// Requests, parcels, returns, settlements and messages, over every store.
#include "tests/contract/store_fixture.h"

namespace contract {
namespace {

using catalog::AccountId;
using catalog::OrderAction;
using catalog::Put;
using catalog::RequestState;
using jobs::Stream;
using jobs::Tables;

const AccountId kA1{"a1"};
const AccountId kA2{"a2"};
constexpr base::Instant kThen = base::from_unix_ms(1'794'900'000'000);

catalog::OrderRequest make_request(OrderAction action, base::Instant at) {
  catalog::OrderRequest request;
  request.account = kA1;
  request.order_id = "O-1";
  request.action = action;
  request.handover = "dropoff";
  request.asked_at = at;
  return request;
}

catalog::ReturnCase make_case(const std::string& id, base::Instant at) {
  catalog::ReturnCase out;
  out.account = kA1;
  out.remote_id = id;
  out.order_id = "O-1";
  out.remote_status = "REQUESTED";
  out.reason = "DAMAGED";
  out.refund = {90'000};
  out.created_at = kThen;
  out.updated_at = at;
  out.lines = {{"L-1", catalog::Sku{"SKU-1"}, 2}};
  return out;
}

catalog::Settlement make_settlement(const std::string& id) {
  catalog::Settlement out;
  out.account = kA1;
  out.remote_id = id;
  out.order_id = id;
  out.paid_at = kThen;
  out.lines = {{catalog::SettlementKind::goods, "goods", {100'000}},
               {catalog::SettlementKind::commission, "commission_fee", {-4'000}},
               {catalog::SettlementKind::tax, "withholding_tax", {-1'500}}};
  out.net = {94'500};
  return out;
}

TEST_P(StoreContract, ARequestIsKeptUntilItsEnd) {
  fill();
  auto ship = make_request(OrderAction::ship, kThen);
  write([&](Tables& t) {
    EXPECT_EQ(t.catalog.fulfilment.put(ship), Put::inserted);
    EXPECT_EQ(t.catalog.fulfilment.put(ship), Put::unchanged);
    t.catalog.fulfilment.put(make_request(OrderAction::label, kThen + base::Millis{1}));
    ship.state = RequestState::refused;
    ship.problem = "the order is cancelled";
    EXPECT_EQ(t.catalog.fulfilment.put(ship), Put::updated);
  });

  const auto found = read([&](Tables& t) { return t.catalog.fulfilment.requests(kA1, "O-1"); });

  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0], ship);
  EXPECT_EQ(found[1].action, OrderAction::label);
  EXPECT_TRUE(read([&](Tables& t) { return t.catalog.fulfilment.requests(kA2, "O-1"); }).empty());
}

TEST_P(StoreContract, AParcelGetsItsNumberLater) {
  fill();
  catalog::Parcel parcel{kA1, "O-1", "P-1", "SPX", "", "PROCESSED"};
  write([&](Tables& t) {
    EXPECT_EQ(t.catalog.fulfilment.put(parcel), Put::inserted);
    parcel.tracking_number = "SPXVN001";
    EXPECT_EQ(t.catalog.fulfilment.put(parcel), Put::updated);
    EXPECT_EQ(t.catalog.fulfilment.put(parcel), Put::unchanged);
  });

  const auto found = read([&](Tables& t) { return t.catalog.fulfilment.parcels(kA1, "O-1"); });

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], parcel);
}

TEST_P(StoreContract, AReturnNeverMovesBack) {
  fill();
  auto newer = make_case("R-1", kNow);
  newer.status = catalog::ReturnStatus::refunded;
  newer.lines.push_back({"L-2", catalog::Sku{"SKU-2"}, 1});
  write([&](Tables& t) {
    EXPECT_EQ(t.catalog.after_sale.put(newer), Put::inserted);
    EXPECT_EQ(t.catalog.after_sale.put(make_case("R-1", kThen)), Put::unchanged);
    EXPECT_EQ(t.catalog.after_sale.put(newer), Put::unchanged);
    t.catalog.after_sale.put(make_case("R-0", kThen));
  });

  const auto found = read([](Tables& t) { return t.catalog.after_sale.returns({}, 10); });

  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0], newer);
  EXPECT_EQ(read([](Tables& t) { return t.catalog.after_sale.returns({}, 1); }).size(), 1U);
  EXPECT_TRUE(read([](Tables& t) { return t.catalog.after_sale.returns(kA2, 10); }).empty());
}

TEST_P(StoreContract, ASettlementIsReplacedAsAWhole) {
  fill();
  auto settlement = make_settlement("O-1");
  write([&](Tables& t) {
    EXPECT_EQ(t.catalog.after_sale.put(settlement), Put::inserted);
    EXPECT_EQ(t.catalog.after_sale.put(settlement), Put::unchanged);
    settlement.lines.pop_back();
    settlement.net = {96'000};
    EXPECT_EQ(t.catalog.after_sale.put(settlement), Put::updated);
  });

  const auto found = read([](Tables& t) { return t.catalog.after_sale.settlements(kA1, 10); });

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], settlement);
}

TEST_P(StoreContract, SaleRowsOfUnknownAccountsAreRefused) {
  fill();
  auto stray = make_settlement("O-1");
  stray.account = AccountId{"nobody"};

  EXPECT_THROW(write([&](Tables& t) { t.catalog.after_sale.put(stray); }), storage::StorageError);
  EXPECT_THROW(write([&](Tables& t) { t.inbox.keep(stray.account, "e", kNow); }),
               storage::StorageError);
}

TEST_P(StoreContract, AMessageIsKeptOnce) {
  fill();
  write([](Tables& t) {
    EXPECT_TRUE(t.inbox.keep(kA1, "event-1", kThen));
    EXPECT_FALSE(t.inbox.keep(kA1, "event-1", kNow));
    EXPECT_TRUE(t.inbox.keep(kA2, "event-1", kNow));
    EXPECT_EQ(t.inbox.forget(kNow), 1);
    EXPECT_TRUE(t.inbox.keep(kA1, "event-1", kNow));
  });
}

TEST_P(StoreContract, EachStreamHasItsOwnMark) {
  fill();
  const jobs::OrderMark orders{kNow, {}, {}};
  const jobs::OrderMark returns{kThen, kNow, "page-2"};
  write([&](Tables& t) {
    t.cursors.put(kA1, orders);
    t.cursors.put(kA1, Stream::returns, returns);
  });

  EXPECT_EQ(read([](Tables& t) { return t.cursors.mark(kA1); }), orders);
  EXPECT_EQ(read([](Tables& t) { return t.cursors.mark(kA1, Stream::returns); }), returns);
  EXPECT_FALSE(read([](Tables& t) { return t.cursors.mark(kA1, Stream::settlements); }));
}

}  // namespace
}  // namespace contract
