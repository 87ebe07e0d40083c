#include "tests/contract/carrier_contract.h"

#include <algorithm>
#include <cstdlib>
#include <random>

#include "sandbox/faulty_handler.h"
#include "sandbox/json_tools.h"

namespace contract {

using base::ErrorCode;
using catalog::Shipment;
using catalog::ShipmentChange;
using catalog::ShipmentState;
using connectors::WebhookRequest;
using connectors::carriers::Booking;
using connectors::carriers::Cancellation;
using connectors::carriers::Carrier;
using connectors::carriers::PlaceLevel;
using connectors::carriers::PlaceScheme;
using connectors::carriers::ShipmentRequest;
using namespace std::chrono_literals;

namespace {

connectors::WebhookRequest as_webhook(const server::http::Request& received) {
  connectors::WebhookRequest out;
  for (auto [name, text] : received.headers) {
    for (auto& letter : name) letter = static_cast<char>(std::tolower(letter));
    out.headers[name] = text;
  }
  out.body = received.body;
  return out;
}

constexpr auto kServerGrace = 5s;
constexpr auto kWholeJourney = std::chrono::minutes{6'500};

}  // namespace

void PrintTo(const CarrierCase& one, std::ostream* out) {
  *out << one.name;
}

std::string case_name(const ::testing::TestParamInfo<CarrierCase>& info) {
  return info.param.name;
}

std::uint64_t seed_of_run() {
  const char* given = std::getenv("NONGSAN_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

void CarrierContract::SetUp() {
  auto open = GetParam().open(context_);
  sandbox_ = std::move(open.carrier);
  options_ = std::move(open.options);
  server_ = std::make_unique<server::http::HttpServer>(server::http::Config{},
                                                       sandbox::with_faults(*sandbox_, context_));
  server_->start();
  receiver_ = std::make_unique<server::http::HttpServer>(
      server::http::Config{}, [this](const server::http::Request& received) {
        const std::lock_guard lock(mutex_);
        inbox_.push_back(as_webhook(received));
        return server::http::Response{};
      });
  receiver_->start();
  const auto address = "http://127.0.0.1:" + std::to_string(server_->port());
  for (const auto& name : GetParam().url_options) options_[name] = address;
  options_["calls_per_second"] = "1000";
  options_["burst"] = "1000";
  ASSERT_TRUE(
      sandbox_->push_to("http://127.0.0.1:" + std::to_string(receiver_->port()) + "/in").ok());
  product_ = connect();
  ASSERT_NE(product_, nullptr);
}

void CarrierContract::TearDown() {
  product_.reset();
  if (server_) server_->stop(kServerGrace);
  if (receiver_) receiver_->stop(kServerGrace);
}

std::unique_ptr<Carrier> CarrierContract::connect() {
  auto made = GetParam().make({catalog::AccountId{"contract"}, options_},
                              {context_.clock, sessions_, waiter_});
  EXPECT_TRUE(made.ok()) << made.error().message;
  return made.ok() ? std::move(made).value() : nullptr;
}

ShipmentRequest CarrierContract::request(const std::string& reference) const {
  ShipmentRequest out;
  out.reference = reference;
  out.sender = {"HTX Dương Xuân", "0000000001", "Ấp 1, xã An Lục Long", GetParam().two_level};
  out.receiver = {"Người nhận \"A\"", "0000000002", "Số 7, xã Đức Phong", GetParam().three_level};
  out.contents = {"Thanh long ruột đỏ 5 kg", 1, 5'200, 38, 24, 19};
  out.value = 185'000;
  out.cod = 205'000;
  out.service = GetParam().service;
  out.note = "Gọi trước khi giao";
  return out;
}

Booking CarrierContract::book(const std::string& reference) {
  const auto booked = carrier().create(request(reference));
  EXPECT_TRUE(booked.ok()) << booked.error().message;
  return booked ? booked.value() : Booking{};
}

Shipment CarrierContract::shipment(const std::string& reference, const std::string& tracking_no) {
  Shipment out;
  out.reference = reference;
  out.tracking_no = tracking_no;
  return out;
}

void CarrierContract::faults(const std::string& rules_json) {
  context_.faults.set(web::json::value::parse(rules_json));
}

void CarrierContract::pass(std::chrono::minutes time) {
  context_.clock.advance(time);
  sandbox_->tick();
}

std::vector<WebhookRequest> CarrierContract::callbacks() {
  sandbox_->tick();
  sandbox_->deliver_pushes();
  const std::lock_guard lock(mutex_);
  std::vector<WebhookRequest> out(inbox_.begin(), inbox_.end());
  inbox_.clear();
  return out;
}

int CarrierContract::take_callbacks(std::map<std::string, Shipment>& by_reference) {
  int unread = 0;
  for (const auto& callback : callbacks()) {
    const auto reading = carrier().read_callback(callback);
    if (!reading) ++unread;
    if (!reading) continue;
    for (const auto& event : reading.value().events) {
      for (auto& [reference, one] : by_reference) apply(one, event);
    }
  }
  return unread;
}

web::json::value CarrierContract::truth(const std::string& reference) const {
  const auto all = sandbox_->truth().at("shipments");
  for (const auto& row : all.as_array()) {
    if (row.at("reference").as_string() == reference) return row;
  }
  return web::json::value::object();
}

std::size_t CarrierContract::count(const std::string& reference) const {
  const auto all = sandbox_->truth().at("shipments").as_array();
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const auto& row) {
    return row.at("reference").as_string() == reference;
  }));
}

TEST_P(CarrierContract, SignsInOnceAndKeepsItsSession) {
  ASSERT_TRUE(carrier().test().ok());
  ASSERT_TRUE(connect()->test().ok());

  EXPECT_EQ(sessions_.saves, 1);
}

TEST_P(CarrierContract, ADeadTokenIsRenewedOnce) {
  ASSERT_TRUE(carrier().test().ok());
  sessions_.kept->access_expires_at = now() + GetParam().token_outlived * 2;  // it believes so
  pass(GetParam().token_outlived);
  auto again = connect();

  const auto booked = again->create(request("LA-1"));

  ASSERT_TRUE(booked.ok()) << booked.error().message;
  EXPECT_EQ(sessions_.saves, 2);
  EXPECT_EQ(count("LA-1"), 1U);
}

TEST_P(CarrierContract, ListsItsPlacesInBothSchemes) {
  const auto& old_ids = GetParam().three_level;
  const auto has = [](const std::vector<connectors::carriers::Place>& places,
                      const std::string& id) {
    return std::any_of(places.begin(), places.end(),
                       [&](const auto& place) { return place.id == id && !place.name.empty(); });
  };
  const auto list = [&](PlaceScheme scheme, PlaceLevel level, const std::string& parent) {
    const auto places = carrier().places(scheme, level, parent);
    EXPECT_TRUE(places.ok()) << places.error().message;
    return places ? places.value() : std::vector<connectors::carriers::Place>{};
  };

  const auto communes =
      list(PlaceScheme::two_level, PlaceLevel::commune, GetParam().two_level.province);
  EXPECT_TRUE(
      has(list(PlaceScheme::two_level, PlaceLevel::province, ""), GetParam().two_level.province));
  EXPECT_TRUE(has(communes, GetParam().two_level.commune));
  for (const auto& commune : communes) EXPECT_EQ(commune.parent, GetParam().two_level.province);
  EXPECT_TRUE(list(PlaceScheme::two_level, PlaceLevel::district, "").empty());
  EXPECT_TRUE(has(list(PlaceScheme::three_level, PlaceLevel::district, old_ids.province),
                  old_ids.district));
  EXPECT_TRUE(
      has(list(PlaceScheme::three_level, PlaceLevel::commune, old_ids.district), old_ids.commune));
}

TEST_P(CarrierContract, QuotesOneServiceAsAmongAll) {
  auto wanted = request("");
  const auto one = carrier().quote(wanted);
  wanted.service.clear();
  const auto all = carrier().quote(wanted);

  ASSERT_TRUE(one.ok()) << one.error().message;
  ASSERT_TRUE(all.ok()) << all.error().message;
  ASSERT_EQ(one.value().size(), 1U);
  EXPECT_GT(all.value().size(), 1U);
  const auto same = std::find_if(all.value().begin(), all.value().end(), [&](const auto& offer) {
    return offer.service == one.value().front().service;
  });
  ASSERT_NE(same, all.value().end());
  EXPECT_EQ(same->fee, one.value().front().fee);
  EXPECT_GT(same->fee, 0);
}

TEST_P(CarrierContract, TheParcelIsWhatWasAskedFor) {
  const auto booked = book("LA-1");

  const auto row = truth("LA-1");
  EXPECT_EQ(row.at("tracking_no").as_string(), booked.tracking_no);
  EXPECT_EQ(row.at("receiver").at("name").as_string(), "Người nhận \"A\"");
  EXPECT_EQ(row.at("receiver").at("phone").as_string(), "0000000002");
  EXPECT_EQ(row.at("receiver").at("address").as_string(), "Số 7, xã Đức Phong");
  EXPECT_EQ(row.at("sender").at("name").as_string(), "HTX Dương Xuân");
  EXPECT_EQ(row.at("weight").as_integer(), 5'200);
  EXPECT_EQ(row.at("cod").as_integer(), 205'000);
  EXPECT_EQ(row.at("value").as_integer(), 185'000);
  EXPECT_EQ(row.at("note").as_string(), "Gọi trước khi giao");
  EXPECT_EQ(row.at("fee").as_integer(), booked.fee);
}

TEST_P(CarrierContract, ARequestThatLacksSomethingNeverLeaves) {
  auto wanted = request("LA-1");
  wanted.receiver.phone.clear();

  const auto refused = carrier().create(wanted);

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_EQ(refused.error().message.find("Người"), std::string::npos);
  EXPECT_EQ(count("LA-1"), 0U);
}

// The sandbox quotes the phone that it refuses.
TEST_P(CarrierContract, ARefusalNamesNobody) {
  auto wanted = request("LA-1");
  wanted.receiver.phone = "000.000.0002";

  const auto refused = carrier().create(wanted);

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::rejected) << refused.error().message;
  EXPECT_NE(refused.error().message.find("không hợp lệ"), std::string::npos);
  EXPECT_EQ(refused.error().message.find("0002"), std::string::npos);
}

TEST_P(CarrierContract, PlacesThatDoNotBelongTogetherAreRefused) {
  auto wanted = request("LA-1");
  wanted.receiver.place.commune = "99999";

  const auto refused = carrier().create(wanted);

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::rejected) << refused.error().message;
  EXPECT_EQ(count("LA-1"), 0U);
}

TEST_P(CarrierContract, TheLabelIsAPdfOfThisParcel) {
  const auto booked = book("LA-1");

  const auto label = carrier().label(booked.tracking_no);

  ASSERT_TRUE(label.ok()) << label.error().message;
  EXPECT_EQ(label.value().content_type, "application/pdf");
  EXPECT_TRUE(label.value().bytes.starts_with("%PDF-"));
  EXPECT_NE(label.value().bytes.find(booked.tracking_no), std::string::npos);
  EXPECT_FALSE(carrier().label("nothing").ok());
}

TEST_P(CarrierContract, CancelsWhatWasNotFetchedYetAndMayRepeatIt) {
  const auto booked = book("LA-1");

  for (int i = 0; i < 2; ++i) {
    const auto done = carrier().cancel(booked, "Khách đổi ý");
    ASSERT_TRUE(done.ok()) << done.error().message;
    EXPECT_EQ(done.value(), Cancellation::done);
  }

  std::map<std::string, Shipment> ours{{"LA-1", shipment("LA-1", booked.tracking_no)}};
  EXPECT_EQ(take_callbacks(ours), 0);
  EXPECT_EQ(ours.at("LA-1").state, ShipmentState::cancelled);
}

TEST_P(CarrierContract, DoesNotCancelWhatWasDelivered) {
  const auto booked = book("LA-1");
  pass(kWholeJourney);

  const auto refused = carrier().cancel(booked, "");

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::rejected) << refused.error().message;
}

TEST_P(CarrierContract, CallbacksBringAParcelHome) {
  const auto booked = book("LA-1");
  std::map<std::string, Shipment> ours{{"LA-1", shipment("LA-1", "")}};

  EXPECT_EQ(take_callbacks(ours), 0);
  EXPECT_EQ(ours.at("LA-1").tracking_no, booked.tracking_no);  // learned from the callback
  EXPECT_EQ(ours.at("LA-1").state, ShipmentState::created);
  pass(300min);
  EXPECT_EQ(take_callbacks(ours), 0);
  EXPECT_EQ(ours.at("LA-1").state, ShipmentState::picked_up);
  pass(kWholeJourney);
  EXPECT_EQ(take_callbacks(ours), 0);
  EXPECT_EQ(ours.at("LA-1").state, ShipmentState::delivered);
  EXPECT_FALSE(ours.at("LA-1").held);
}

TEST_P(CarrierContract, AFalseCallbackIsNotRead) {
  book("LA-1");
  const auto genuine = callbacks();
  ASSERT_FALSE(genuine.empty());
  ASSERT_TRUE(carrier().read_callback(genuine.front()).ok());

  WebhookRequest bare{"", {}, genuine.front().body};
  const auto secret = bare.body.find(
      bare.body.find("\"TOKEN\"") != std::string::npos ? "\"TOKEN\":\"" : "\"signature\":\"");
  ASSERT_NE(secret, std::string::npos);
  auto& letter = bare.body[secret + 20];
  letter = letter == 'A' ? 'B' : 'A';
  const auto refused = carrier().read_callback(bare);

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
  EXPECT_FALSE(carrier().read_callback({"", {}, ""}).ok());
  EXPECT_FALSE(carrier().read_callback({"", {}, "{}"}).ok());
}

TEST_P(CarrierContract, ContradictingEndsAreHeld) {
  ASSERT_TRUE(sandbox_carrier().set_fate("", "contradiction").ok());
  const auto booked = book("LA-1");
  pass(kWholeJourney);

  std::map<std::string, Shipment> ours{{"LA-1", shipment("LA-1", booked.tracking_no)}};
  EXPECT_EQ(take_callbacks(ours), 0);

  EXPECT_TRUE(ours.at("LA-1").held);
}

TEST_P(CarrierContract, AnOddCodeIsKeptRaw) {
  ASSERT_TRUE(sandbox_carrier().set_fate("", "odd").ok());
  const auto booked = book("LA-1");
  pass(kWholeJourney);

  std::map<std::string, Shipment> ours{{"LA-1", shipment("LA-1", booked.tracking_no)}};
  EXPECT_EQ(take_callbacks(ours), 0);

  const auto& history = ours.at("LA-1").history;
  EXPECT_EQ(ours.at("LA-1").state, ShipmentState::delivered);
  EXPECT_TRUE(std::any_of(history.begin(), history.end(), [](const auto& event) {
    return event.state == ShipmentState::unknown && event.remote_state.starts_with("77");
  }));
}

TEST_P(CarrierContract, LostCallbacksAreMadeUpFor) {
  const auto booked = book("LA-1");
  faults(R"([{"kind":"push_lost","path":"push/"}])");
  pass(kWholeJourney);
  std::map<std::string, Shipment> ours{{"LA-1", shipment("LA-1", booked.tracking_no)}};
  take_callbacks(ours);
  ASSERT_EQ(ours.at("LA-1").state, ShipmentState::created);
  faults("[]");

  if (carrier().traits().answers_status) {
    const auto told = carrier().status(booked.tracking_no);
    ASSERT_TRUE(told.ok()) << told.error().message;
    for (const auto& event : told.value()) apply(ours.at("LA-1"), event);
  } else {
    ASSERT_TRUE(carrier().repeat_callbacks(booked.tracking_no).ok());
    EXPECT_EQ(take_callbacks(ours), 0);
  }

  EXPECT_EQ(ours.at("LA-1").state, ShipmentState::delivered);
}

TEST_P(CarrierContract, APollAndACallbackAreOneEvent) {
  if (!carrier().traits().answers_status) {
    EXPECT_FALSE(carrier().status("any").ok());
    return;
  }
  const auto booked = book("LA-1");
  pass(kWholeJourney);
  std::map<std::string, Shipment> ours{{"LA-1", shipment("LA-1", booked.tracking_no)}};
  take_callbacks(ours);
  const auto before = ours.at("LA-1");

  const auto told = carrier().status(booked.tracking_no);

  ASSERT_TRUE(told.ok());
  EXPECT_EQ(told.value().size(), before.history.size());
  for (const auto& event : told.value()) {
    EXPECT_EQ(apply(ours.at("LA-1"), event), ShipmentChange::none) << event.id;
  }
}

}  // namespace contract
