// Parcels at carriers and what was asked for them, over every store.
#include "tests/contract/store_fixture.h"

namespace contract {
namespace {

using catalog::AccountId;
using catalog::BookingState;
using catalog::Put;
using catalog::ShipmentState;
using jobs::Tables;

const AccountId kA1{"a1"};
const AccountId kCarrier{"vnpost"};
constexpr base::Instant kThen = base::from_unix_ms(1'794'900'000'000);

catalog::Shipment make_shipment(const std::string& reference, const std::string& number = {}) {
  catalog::Shipment out;
  out.account = kA1;
  out.order_id = "O-1";
  out.carrier = kCarrier;
  out.reference = reference;
  out.tracking_no = number;
  out.cod = {150'000};
  out.fee = {28'000};
  out.state_at = kThen;
  return out;
}

catalog::CarrierRequest make_asked(const std::string& reference, base::Instant at) {
  catalog::CarrierRequest out;
  out.carrier = kCarrier;
  out.reference = reference;
  out.sealed = std::string("\x00\x01sealed\xFF", 9);
  out.asked_at = at;
  return out;
}

TEST_P(StoreContract, AParcelIsKeptWithEverythingSaidOfIt) {
  fill();
  auto parcel = make_shipment("NS-1");
  write([&](Tables& t) {
    EXPECT_EQ(t.catalog.shipments.put(parcel), Put::inserted);
    EXPECT_EQ(t.catalog.shipments.put(parcel), Put::unchanged);
    catalog::apply(parcel,
                   {"e-1", "VN1", "NS-1", ShipmentState::picked_up, "6", kThen + base::Millis{1}});
    catalog::apply(parcel, {"e-2", "VN1", "", ShipmentState::unknown, "77", kThen});
    EXPECT_EQ(t.catalog.shipments.put(parcel), Put::updated);
    EXPECT_EQ(t.catalog.shipments.put(parcel), Put::unchanged);
  });

  EXPECT_EQ(parcel.history.size(), 2U);
  EXPECT_EQ(read([&](Tables& t) { return t.catalog.shipments.shipment(kCarrier, "NS-1"); }),
            parcel);
  EXPECT_EQ(read([&](Tables& t) { return t.catalog.shipments.tracked(kCarrier, "VN1"); }), parcel);
  EXPECT_FALSE(read([&](Tables& t) { return t.catalog.shipments.tracked(kCarrier, ""); }));
  EXPECT_FALSE(read([&](Tables& t) { return t.catalog.shipments.tracked(AccountId{"x"}, "VN1"); }));
}

TEST_P(StoreContract, ANumberBelongsToOneParcel) {
  fill();
  write([&](Tables& t) { t.catalog.shipments.put(make_shipment("NS-1", "VN1")); });

  EXPECT_THROW(write([&](Tables& t) { t.catalog.shipments.put(make_shipment("NS-2", "VN1")); }),
               storage::StorageError);

  EXPECT_FALSE(read([&](Tables& t) { return t.catalog.shipments.shipment(kCarrier, "NS-2"); }));
}

TEST_P(StoreContract, WhatWasAskedNeedsItsParcelAndComesBackByteForByte) {
  fill();
  const auto asked = make_asked("NS-1", kThen);
  EXPECT_THROW(write([&](Tables& t) { t.catalog.shipments.put(asked); }), storage::StorageError);
  write([&](Tables& t) {
    t.catalog.shipments.put(make_shipment("NS-1"));
    EXPECT_EQ(t.catalog.shipments.put(asked), Put::inserted);
    EXPECT_EQ(t.catalog.shipments.put(asked), Put::unchanged);
  });

  EXPECT_EQ(read([&](Tables& t) { return t.catalog.shipments.request(kCarrier, "NS-1"); }), asked);
}

TEST_P(StoreContract, ABuyersDataIsNotKeptOnceTheCarrierHasIt) {
  fill();
  auto asked = make_asked("NS-1", kThen);
  write([&](Tables& t) {
    t.catalog.shipments.put(make_shipment("NS-1"));
    t.catalog.shipments.put(asked);
  });

  asked.booking = BookingState::booked;
  EXPECT_THROW(write([&](Tables& t) { t.catalog.shipments.put(asked); }), storage::StorageError);
  asked.booking = BookingState::refused;
  EXPECT_THROW(write([&](Tables& t) { t.catalog.shipments.put(asked); }), storage::StorageError);
  asked.sealed.clear();
  write([&](Tables& t) { EXPECT_EQ(t.catalog.shipments.put(asked), Put::updated); });
}

TEST_P(StoreContract, ABuyersDataIsForgottenWithAge) {
  fill();
  write([&](Tables& t) {
    for (const auto* reference : {"NS-1", "NS-2"}) {
      t.catalog.shipments.put(make_shipment(reference));
    }
    t.catalog.shipments.put(make_asked("NS-1", kThen));
    t.catalog.shipments.put(make_asked("NS-2", kThen + base::Millis{5}));
    EXPECT_EQ(t.catalog.shipments.forget_people(kThen + base::Millis{1}), 1);
    EXPECT_EQ(t.catalog.shipments.forget_people(kThen + base::Millis{1}), 0);
  });

  const auto sealed = [&](const char* reference) {
    return read([&](Tables& t) { return t.catalog.shipments.request(kCarrier, reference); })
        ->sealed;
  };
  EXPECT_TRUE(sealed("NS-1").empty());
  EXPECT_FALSE(sealed("NS-2").empty());
}

TEST_P(StoreContract, ParcelsAreListedByOrderByAgeAndByWhatIsLeftToDo) {
  fill();
  write([&](Tables& t) {
    auto& table = t.catalog.shipments;
    const auto add = [&](const char* reference, int age, BookingState booking,
                         ShipmentState state) {
      auto parcel = make_shipment(reference);
      parcel.state = state;
      table.put(parcel);
      auto asked = make_asked(reference, kThen + base::Millis{age});
      asked.booking = booking;
      asked.followed_at = kThen - base::Millis{age};
      if (booking == BookingState::booked) asked.sealed.clear();
      table.put(asked);
    };
    add("NS-1", 1, BookingState::booked, ShipmentState::in_transit);
    add("NS-2", 3, BookingState::booked, ShipmentState::created);
    add("NS-3", 2, BookingState::booked, ShipmentState::delivered);
    add("NS-4", 4, BookingState::sent, ShipmentState::created);
    auto other = make_shipment("NS-9");
    other.carrier = AccountId{"viettelpost"};
    other.order_id = "O-2";
    table.put(other);
  });
  const auto names = [](const std::vector<catalog::Shipment>& rows) {
    std::string out;
    for (const auto& row : rows) out += row.reference + " ";
    return out;
  };

  EXPECT_EQ(read([&](Tables& t) { return names(t.catalog.shipments.of_order(kA1, "O-1")); }),
            "NS-1 NS-3 NS-2 NS-4 ");
  EXPECT_EQ(read([&](Tables& t) { return names(t.catalog.shipments.shipments(kCarrier, 3)); }),
            "NS-4 NS-2 NS-3 ");
  EXPECT_EQ(read([&](Tables& t) { return t.catalog.shipments.shipments({}, 10).size(); }), 5U);
  EXPECT_EQ(read([&](Tables& t) { return names(t.catalog.shipments.under_way(kCarrier, 10)); }),
            "NS-2 NS-1 ");
}

TEST_P(StoreContract, AChangeOfParcelsThatFailsLeavesNothing) {
  fill();
  EXPECT_THROW(write([&](Tables& t) {
                 t.catalog.shipments.put(make_shipment("NS-1"));
                 t.catalog.shipments.put(make_asked("NS-1", kThen));
                 throw std::runtime_error("enough");
               }),
               std::runtime_error);

  EXPECT_FALSE(read([&](Tables& t) { return t.catalog.shipments.shipment(kCarrier, "NS-1"); }));
  EXPECT_FALSE(read([&](Tables& t) { return t.catalog.shipments.request(kCarrier, "NS-1"); }));
}

TEST_P(StoreContract, TheLastConfirmationOfEachGoodsIsKnown) {
  fill();
  const auto sheet = [&](const char* stem, std::initializer_list<const char*> skus) {
    jobs::Worksheet out;
    out.account = kA1;
    out.stem = stem;
    for (const auto* sku : skus) {
      auto& row = out.rows.emplace_back();
      row.sku = catalog::Sku{sku};
      row.stock_new = 5;
    }
    return out;
  };
  write([&](Tables& t) {
    const auto first = t.worksheets.insert(sheet("s-1", {"SKU-1", "SKU-2", "SKU-3"}));
    const auto second = t.worksheets.insert(sheet("s-2", {"SKU-1"}));
    t.worksheets.confirm(first, catalog::Sku{"SKU-1"}, kThen, "early");
    t.worksheets.confirm(first, catalog::Sku{"SKU-2"}, kThen, "only");
    t.worksheets.confirm(second, catalog::Sku{"SKU-1"}, kThen + base::Millis{9}, "late");
  });

  const auto last = read([&](Tables& t) { return t.worksheets.last_confirmed(kA1); });

  ASSERT_EQ(last.size(), 2U);
  EXPECT_EQ(last[0].sku.text + last[0].confirmed_by, "SKU-1late");
  EXPECT_EQ(last[0].confirmed_at, kThen + base::Millis{9});
  EXPECT_EQ(last[1].sku.text + last[1].confirmed_by, "SKU-2only");
}

}  // namespace
}  // namespace contract
