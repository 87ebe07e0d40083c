#include "connectors/lazada/errors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::chrono_literals;

enum class Meaning {
  dead_token,
  no_consent,  // the seller must authorise the app again
  ours,        // key, clock, path, parameters: nothing that waiting would cure
  blocked,     // the seller or the app may not do this at all
  throttled,
  server,
  absent,
  refused,  // a business rule, about these goods
};

struct Row {
  std::string_view code;
  Meaning meaning;
  base::Millis pause{0};  // throttled: unless the message names one
};

// In the order of the vendor's pages. A code that is missing is a business refusal of a write.
constexpr auto kRows = std::to_array<Row>({
    // the gateway
    {"IllegalAccessToken", Meaning::dead_token},
    {"InvalidAccessToken", Meaning::dead_token},
    {"IllegalRefreshToken", Meaning::no_consent},
    {"InvalidCode", Meaning::no_consent},
    {"AUTH_TYPE_UNSUPPORTED", Meaning::no_consent},
    {"AppNotSubscribed", Meaning::no_consent},
    {"MissingParameter", Meaning::ours},
    {"MissingPartner", Meaning::ours},
    {"IncompleteSignature", Meaning::ours},
    {"InvalidAppKey", Meaning::ours},
    {"APP_KEY_INVALID", Meaning::ours},
    {"InvalidApi", Meaning::ours},
    {"InvalidApiPath", Meaning::ours},
    {"AppWhiteIpLimit", Meaning::ours},
    {"InsufficientPermission", Meaning::blocked},
    {"SellerNotVerified", Meaning::blocked},
    {"SellerNotActive", Meaning::blocked},
    {"Mp3SellerApiLimit", Meaning::blocked},
    {"ApiCallLimit", Meaning::throttled, 1s},
    {"SellerCallLimit", Meaning::throttled, 2s},
    {"AppCallLimit", Meaning::throttled, 60s},
    {"HOT_KEY_BLOCK_EXCEPTION", Meaning::throttled, 2s},
    {"IopSystemFlowlimit", Meaning::throttled, 5s},
    {"ServiceCurrentlimit", Meaning::throttled, 5s},
    {"ServiceTimeout", Meaning::server},
    {"EDIT_ITEM_NOT_BELONG_SELLER", Meaning::absent},
    // general
    {"1", Meaning::ours},
    {"5", Meaning::ours},
    {"6", Meaning::server},
    {"14", Meaning::ours},
    {"16", Meaning::absent},  // order
    {"17", Meaning::ours},
    {"19", Meaning::ours},
    {"20", Meaning::absent},  // order item
    {"21", Meaning::server},
    {"30", Meaning::ours},
    {"32", Meaning::ours},
    {"34", Meaning::refused},  // the item is not packed
    {"35", Meaning::absent},
    {"36", Meaning::ours},
    {"37", Meaning::absent},  // one of the orders
    {"38", Meaning::ours},
    {"39", Meaning::ours},
    {"56", Meaning::ours},
    {"57", Meaning::absent},  // no attributes for that category
    {"70", Meaning::ours},
    {"74", Meaning::ours},
    {"75", Meaning::ours},
    {"97", Meaning::ours},
    // products
    {"201", Meaning::refused},
    {"207", Meaning::absent},  // SKU
    {"208", Meaning::absent},  // item
    {"500", Meaning::refused},
    {"501", Meaning::refused},
    {"503", Meaning::refused},
    {"506", Meaning::server},
    {"513", Meaning::server},
    {"701", Meaning::absent},  // no suggestion
    {"901", Meaning::throttled, 1s},
    {"998", Meaning::throttled, 5min},  // degraded during a campaign
    {"1000", Meaning::server},
    {"1001", Meaning::ours},
    {"1002", Meaning::throttled, 2s},
    {"40011", Meaning::server},
    {"4128", Meaning::blocked},  // seller locked
    {"4136", Meaning::absent},
    {"4137", Meaning::absent},
    {"4147", Meaning::server},   // edited by someone else this moment
    {"4148", Meaning::blocked},  // listing limit reached
    {"4154", Meaning::throttled, 2s},
    {"4162", Meaning::refused},  // a campaign keeps it as it is
    {"4170", Meaning::refused},  // a campaign keeps its stock
    {"E0001", Meaning::ours},
    {"E0002", Meaning::absent},
    {"E0003", Meaning::absent},
    {"E0004", Meaning::refused},  // not online
    {"E0006", Meaning::server},
    // parcels
    {"600001", Meaning::absent},
    {"600002", Meaning::refused},
    {"1003", Meaning::server},  // no carrier was allotted
    {"700004", Meaning::ours},
    {"700017", Meaning::ours},
    {"700018", Meaning::ours},
    {"700019", Meaning::ours},
    {"700020", Meaning::absent},
    {"700021", Meaning::absent},
    {"700022", Meaning::ours},
    {"700024", Meaning::server},  // locked
    {"700025", Meaning::absent},
    {"700031", Meaning::server},  // not ready
    // cancellations and returns
    {"102", Meaning::ours},
    {"105", Meaning::absent},
    {"107", Meaning::ours},
    {"112", Meaning::absent},
    {"120", Meaning::ours},
    {"121", Meaning::ours},
    {"122", Meaning::absent},
    // money
    {"1000012", Meaning::ours},
    {"1000014", Meaning::ours},
});

const Row* find_row(std::string_view code) {
  const auto row = std::find_if(kRows.begin(), kRows.end(),
                                [&](const Row& candidate) { return candidate.code == code; });
  return row == kRows.end() ? nullptr : &*row;
}

Meaning meaning_of(std::string_view code, Nature nature, bool& known) {
  const Row* row = find_row(code);
  known = true;
  if (row != nullptr) return row->meaning;
  if (code.find("Timestamp") != std::string_view::npos) return Meaning::ours;
  known = nature != Nature::read;
  return Meaning::refused;
}

ErrorCode code_of(Meaning meaning, Nature nature) {
  switch (meaning) {
    case Meaning::dead_token:
    case Meaning::no_consent:
      return ErrorCode::unauthorized;
    case Meaning::ours:
      return ErrorCode::invalid;
    case Meaning::throttled:
      return ErrorCode::rate_limited;
    case Meaning::server:  // it may have been done before the back end gave up
      return nature == Nature::write_once ? ErrorCode::unknown_outcome : ErrorCode::unavailable;
    case Meaning::absent:
      return ErrorCode::not_found;
    case Meaning::blocked:
    case Meaning::refused:
      return ErrorCode::rejected;
  }
  return ErrorCode::protocol;
}

// "… this ban will last 1 seconds"
std::optional<base::Millis> ban_named_in(std::string_view message) {
  constexpr std::string_view kMark = "ban will last ";
  constexpr int kBanSecondsMax = 3600;
  const std::size_t at = message.find(kMark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view digits = message.substr(at + kMark.size());
  int seconds = 0;
  const auto [stop, failure] =
      std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (failure != std::errc{} || stop == digits.data() || seconds <= 0) return std::nullopt;
  return std::chrono::seconds{std::min(seconds, kBanSecondsMax)};
}

// The limits count whole seconds of the wall clock: a pause ends at the start of one.
base::Millis up_to_a_whole_second(base::Millis pause, base::Instant now) {
  const auto end = std::chrono::ceil<std::chrono::seconds>(now + pause);
  return end - now;
}

std::string for_people(std::string_view code, std::string_view message) {
  std::string out = "Lazada: ";
  out += message.empty() ? code : message;
  return out;
}

}  // namespace

Error translate(std::string_view code, std::string_view message, Nature nature, base::Instant now) {
  Error error{ErrorCode::protocol, for_people(code, message), {}, std::string{code}};
  bool known = false;
  const Meaning meaning = meaning_of(code, nature, known);
  if (!known) return error;
  error.code = code_of(meaning, nature);
  if (meaning == Meaning::throttled) {
    const auto pause = ban_named_in(message).value_or(find_row(code)->pause);
    error.retry_after = up_to_a_whole_second(pause, now);
  }
  return error;
}

Error refusal(std::string_view code, std::string_view message) {
  const Row* row = find_row(code);
  const bool absent = (row != nullptr && row->meaning == Meaning::absent) ||
                      message.find("NOT_FOUND") != std::string_view::npos ||
                      message.find("NOT_EXIST") != std::string_view::npos;
  return {absent ? ErrorCode::not_found : ErrorCode::rejected,
          for_people(code.empty() ? "refused without a reason" : code, message),
          {},
          std::string{code}};
}

bool is_dead_token(std::string_view code) {
  const Row* row = find_row(code);
  return row != nullptr && row->meaning == Meaning::dead_token;
}

bool concerns_the_goods(const Error& error) {
  if (error.code == ErrorCode::not_found || error.code == ErrorCode::conflict) return true;
  if (error.code != ErrorCode::rejected) return false;
  const Row* row = find_row(error.vendor_code);
  return row == nullptr || row->meaning != Meaning::blocked;
}

}  // namespace connectors::lazada
