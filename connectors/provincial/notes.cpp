#include "connectors/provincial/notes.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace connectors::provincial {
namespace {

struct Entity {
  std::string_view code;
  char letter;
};
constexpr auto kEntities = std::to_array<Entity>({{"&amp;", '&'},
                                                  {"&#038;", '&'},
                                                  {"&#039;", '\''},
                                                  {"&#39;", '\''},
                                                  {"&quot;", '"'},
                                                  {"&nbsp;", ' '}});

bool can_stand_in_a_note(std::string_view word) {
  return word.size() <= kNoteWordBytesMax && base::is_utf8(word) &&
         std::none_of(word.begin(), word.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == '<' || c == '>' || c == '&';
         });
}

// The words as a reader sees them: no tags, no entities, single spaces.
std::string plain(std::string_view html) {
  std::string out;
  const auto put = [&](char c) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space) out += c;
    if (space && !out.empty() && out.back() != ' ') out += ' ';
  };
  for (std::size_t at = 0; at < html.size(); ++at) {
    const auto rest = html.substr(at);
    const auto tag_end = rest.front() == '<' ? rest.find('>') : std::string_view::npos;
    if (tag_end != std::string_view::npos) {
      at += tag_end;
      continue;
    }
    const auto entity = std::find_if(kEntities.begin(), kEntities.end(), [&](const Entity& known) {
      return rest.starts_with(known.code);
    });
    if (entity == kEntities.end()) {
      put(rest.front());
    } else {
      put(entity->letter);
      at += entity->code.size() - 1;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return base::normalise(out);
}

struct ReasonRow {
  CancelReason reason;
  std::string_view words;
};
constexpr auto kReasons = std::to_array<ReasonRow>({
    {CancelReason::out_of_stock, "hết hàng"},
    {CancelReason::cannot_deliver, "không giao được"},
    {CancelReason::buyer_asked, "người mua yêu cầu"},
    {CancelReason::wrong_price, "sai giá"},
});

}  // namespace

base::Result<std::string> tracking_note(const ShipRequest& request) {
  const std::string carrier(base::trim(request.carrier));
  const std::string number(base::trim(request.tracking_number));
  if (!can_stand_in_a_note(carrier) || !can_stand_in_a_note(number)) {
    return base::Error{base::ErrorCode::rejected,
                       "order " + request.order_id +
                           ": the carrier and the tracking number must be short plain words",
                       {},
                       {}};
  }
  if (carrier.empty() && number.empty()) return std::string{};
  std::string text = "Đơn hàng đã được gửi";
  if (!carrier.empty()) text += " qua " + carrier;
  if (!number.empty()) text += ", mã vận đơn " + number;
  return base::normalise(text + ".");
}

std::string cancel_note(CancelReason reason) {
  const auto row = std::find_if(kReasons.begin(), kReasons.end(),
                                [&](const ReasonRow& known) { return known.reason == reason; });
  return base::normalise("nongsan yêu cầu hủy đơn: " + std::string(row->words) + " (" +
                         std::string(to_string(reason)) + ").");
}

bool is_note(const common::Json& note, std::string_view text, Reader reader) {
  const bool for_buyer = common::flag(note, "customer_note").value_or(false);
  return for_buyer == (reader == Reader::buyer) && plain(common::text(note, "note")) == plain(text);
}

}  // namespace connectors::provincial
