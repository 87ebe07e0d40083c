#pragma once
// The shipments of one simulated carrier and where each is on its way. A parcel's whole journey is
// planned when it is made, by its fate; the driven clock walks it.
// Shapes: weights in grams, money in đồng, codes are the carrier's own. Nothing throws but load.
// Threads: none of its own; the carrier's mutex holds.
#include <cpprest/json.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"

namespace sandbox::carriers {

struct Person {
  std::string name;
  std::string phone;
  std::string address;
  std::string province;
  std::string district;
  std::string ward;
};

struct Step {
  std::string code;
  std::chrono::minutes after{0};  // since the parcel was made
};
struct Moment {
  std::string code;
  base::Instant at;
};

struct Parcel {
  std::string tracking_no;
  std::string id;         // the carrier's second id
  std::string reference;  // the seller's
  std::string service;
  std::string fate;
  std::string content;
  std::string note;
  Person sender;
  Person receiver;
  std::int64_t weight_g = 0;
  std::int64_t value = 0;
  std::int64_t cod = 0;
  std::int64_t fee = 0;
  std::int64_t payment = 0;  // who pays what, in the carrier's code
  base::Instant made_at;
  std::vector<Moment> history;  // what has happened, in its order
  std::vector<Moment> plan;     // what will

  const std::string& code() const { return history.back().code; }
};

struct Happening {
  std::string tracking_no;
  Moment moment;
};

inline constexpr std::size_t kParcelsMax = 10'000;

class Book {
 public:
  // The parcel with its journey; the steps that are due at once have happened.
  Parcel& add(Parcel parcel, const std::vector<Step>& journey);
  bool full() const { return parcels_.size() >= kParcelsMax; }
  Parcel* find(const std::string& tracking_no);
  Parcel* find_id(const std::string& id);
  Parcel* find_reference(const std::string& reference);
  const std::map<std::string, Parcel>& all() const { return parcels_; }
  // Another journey for what is left of the way.
  static void replan(Parcel& parcel, const std::vector<Step>& journey, base::Instant now);
  // Ends the journey here.
  static void end(Parcel& parcel, const std::string& code, base::Instant now);
  // Everything that has happened up to `now` and was not told yet, oldest first.
  std::vector<Happening> walk(base::Instant now);
  void clear() { parcels_.clear(); }

  // [{tracking_no,reference,id,service,fate,weight,value,cod,fee,payment,content,note,status,
  //   made_at,sender,receiver,history:[{code,at}],plan:[…]}]; people are {name,phone,address,…}
  web::json::value to_json() const;
  void load(const web::json::value& rows);

 private:
  std::map<std::string, Parcel> parcels_;  // by tracking number
};

}  // namespace sandbox::carriers
