#pragma once
// The port every carrier implements: fees, a parcel made from our data, its label, its
// cancellation, and what the carrier says of it, asked for or told by a callback.
//
// Names, phones and addresses pass through to the carrier: a carrier object keeps none of them, and
// no error, event or log line holds one. Places are the carrier's own ids, from places().
// Shapes: grams, centimetres, đồng. Texts are UTF-8 and are cut to what the carrier takes.
// Errors, as values: base::ErrorCode, vendor codes translated in each folder's errors.cpp;
// `invalid` for a request that lacks something, naming the member and never its value.
// Calls block, at most their kind's deadline; one thread per instance at a time, but
// read_callback() may run on any thread at any time.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/shipment.h"
#include "connectors/factory.h"
#include "connectors/fulfilment.h"
#include "connectors/webhooks.h"

namespace connectors::carriers {

// Before July 2025: province, district, commune. Since: province, commune.
enum class PlaceScheme { three_level, two_level };
enum class PlaceLevel { province, district, commune };

struct Place {
  std::string id;      // as the carrier's calls want it
  std::string parent;  // id; empty for provinces
  std::string name;    // "Xã An Lục Long"
};

struct PlaceIds {
  PlaceScheme scheme = PlaceScheme::two_level;
  std::string province;
  std::string district;  // three_level only
  std::string commune;
};

struct Party {
  std::string name;
  std::string phone;
  std::string address;  // the whole of it, as written on the parcel
  PlaceIds place;
};

struct Contents {
  std::string description;  // "Gạo ST25 5 kg"
  std::int64_t quantity = 1;
  std::int64_t weight_g = 0;
  int length_cm = 0;  // 0: unknown
  int width_cm = 0;
  int height_cm = 0;
};

// Who pays the carrier. With `receiver` the courier collects the fee on top of `cod`: never use it
// when `cod` has the shipping in it already, or the buyer pays that twice.
enum class FeePayer { sender, receiver };

struct ShipmentRequest {
  std::string reference;  // ours: catalog::shipment_reference; not needed for quote()
  Party sender;
  Party receiver;
  Contents contents;
  std::int64_t value = 0;  // of the goods, declared to the carrier; 0: not declared
  std::int64_t cod = 0;    // to be collected; 0: nothing
  FeePayer fee_payer = FeePayer::sender;
  std::string service;  // the carrier's code; empty: all for quote(), the account's for create()
  std::string note;     // for the courier
};

struct FeeOffer {
  std::string service;
  std::string name;
  std::int64_t fee = 0;  // provisional, everything in it
  std::string time;      // in the carrier's words; empty: it does not say
};

struct Booking {
  std::string tracking_no;
  std::string remote_id;  // the carrier's second id; empty: it has none
  std::int64_t fee = 0;
};

enum class Cancellation { done, awaits_approval };

struct CallbackReading {
  std::vector<catalog::ShipmentEvent> events;
  // Named in the message but not covered by its signature: to be asked about, not believed.
  std::vector<std::string> ask_about;
};

// How a parcel whose create was not answered is found again.
enum class Lookup {
  by_reference,  // find()
  by_callback,   // it cannot be asked for; its callback names our reference
};

struct Traits {
  Lookup lookup = Lookup::by_reference;
  bool answers_status = true;     // status() works
  bool repeats_callbacks = true;  // repeat_callbacks() works
};

class Carrier {
 public:
  virtual ~Carrier() = default;

  virtual Traits traits() const = 0;
  // The cheapest authenticated question.
  virtual base::Status test() = 0;
  // Province lists need no parent; the others list what lies within it, "" for all.
  virtual base::Result<std::vector<Place>> places(PlaceScheme scheme, PlaceLevel level,
                                                  const std::string& parent) = 0;
  virtual base::Result<std::vector<FeeOffer>> quote(const ShipmentRequest& request) = 0;
  // Not repeatable by itself: use create_once (create_once.h). `conflict` when the carrier says
  // that it has our reference already.
  virtual base::Result<Booking> create(const ShipmentRequest& request) = 0;
  // The parcel under our reference, made or moved since `since`; `invalid` for by_callback.
  virtual base::Result<std::optional<Booking>> find(const std::string& reference,
                                                    base::Instant since) = 0;
  // Safe to repeat. `rejected` when it is too late.
  virtual base::Result<Cancellation> cancel(const Booking& booking, const std::string& note) = 0;
  virtual base::Result<Label> label(const std::string& tracking_no) = 0;
  // Everything the carrier knows of it, oldest first; `invalid` when it answers no such question.
  virtual base::Result<std::vector<catalog::ShipmentEvent>> status(
      const std::string& tracking_no) = 0;
  // Asks for every callback of this parcel once more.
  virtual base::Status repeat_callbacks(const std::string& tracking_no) = 0;
  // Verifies and reads. `unauthorized`: answer 401 and touch nothing; `protocol`: it is genuine or
  // cannot be verified, and unreadable.
  virtual base::Result<CallbackReading> read_callback(const WebhookRequest& callback) const = 0;
  // What the carrier wants to hear when the message is kept; anything else and it comes again.
  virtual WebhookAnswer acknowledgement() const { return {}; }
};

}  // namespace connectors::carriers
