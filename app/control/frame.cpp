#include "app/control/frame.h"

#include "connectors/common/json.h"

namespace app::control {
namespace {

namespace cc = connectors::common;

constexpr int kExitMax = 255;

base::Error bad(const std::string& what) {
  return {base::ErrorCode::protocol, what, {}, {}};
}

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

base::Result<cc::Json> object_of(std::string_view line, std::size_t bytes_max) {
  if (line.size() > bytes_max) return bad("the line is too long");
  auto json = cc::parse_json(line, bytes_max);
  if (!json) return bad("the line is no JSON: " + json.error().message);
  if (!json.value().is_object()) return bad("the line is no JSON object");
  return json;
}

// Absent counts as empty; anything but strings is refused.
base::Result<std::vector<std::string>> words_of(const cc::Json& json) {
  std::vector<std::string> out;
  const auto* list = cc::child(json, "words");
  if (list == nullptr) return out;
  if (!list->is_array()) return bad("\"words\" is no list");
  for (const auto& word : cc::items_of(*list)) {
    if (!word.is_string()) return bad("a word is no text");
    if (out.size() == kRequestWordsMax) return bad("too many words");
    out.push_back(cc::text_of(word));
  }
  return out;
}

base::Result<std::map<std::string, std::string>> options_of(const cc::Json& json) {
  std::map<std::string, std::string> out;
  const auto* members = cc::child(json, "options");
  if (members == nullptr) return out;
  if (!members->is_object()) return bad("\"options\" is no object");
  for (const auto& [name, value] : members->as_object()) {
    if (!value.is_string()) return bad("an option is no text");
    if (out.size() == kRequestWordsMax) return bad("too many options");
    out[name] = cc::text_of(value);
  }
  return out;
}

}  // namespace

std::string to_line(const Request& request) {
  std::vector<cc::Json> words;
  for (const auto& word : request.words) words.push_back(cc::json_string(word));
  std::vector<std::pair<std::string, cc::Json>> options;
  for (const auto& [name, value] : request.options) {
    options.emplace_back(name, cc::json_string(value));
  }
  return cc::to_text(cc::json_object({{"v", cc::json_number(kVersion)},
                                      {"command", cc::json_string(request.command)},
                                      {"words", cc::json_array(std::move(words))},
                                      {"options", cc::json_object(options)},
                                      {"lang", cc::json_string(request.lang)},
                                      {"json", cc::json_flag(request.json)},
                                      {"terminal", cc::json_flag(request.terminal)}})) +
         "\n";
}

std::string to_line(const Frame& frame) {
  cc::Json json;
  if (const auto* out = std::get_if<Out>(&frame)) {
    json = cc::json_object({{"out", cc::json_string(out->text)}});
  } else if (const auto* err = std::get_if<Err>(&frame)) {
    json = cc::json_object({{"err", cc::json_string(err->text)}});
  } else {
    json = cc::json_object({{"exit", cc::json_number(std::get<Exit>(frame).code)}});
  }
  return cc::to_text(json) + "\n";
}

base::Result<Request> parse_request(std::string_view line) {
  const auto json = object_of(line, kRequestBytesMax);
  if (!json) return json.error();
  if (cc::integer(json.value(), "v") != kVersion) {
    return bad("only version " + std::to_string(kVersion) + " is spoken here");
  }
  Request request;
  request.command = cc::text(json.value(), "command");
  if (request.command.empty()) return bad("\"command\" is missing");
  auto words = words_of(json.value());
  if (!words) return words.error();
  request.words = std::move(words).value();
  auto options = options_of(json.value());
  if (!options) return options.error();
  request.options = std::move(options).value();
  request.lang = cc::text(json.value(), "lang") == "en" ? "en" : "vi";
  request.json = cc::flag(json.value(), "json").value_or(false);
  request.terminal = cc::flag(json.value(), "terminal").value_or(false);
  return request;
}

base::Result<Frame> parse_frame(std::string_view line) {
  const auto json = object_of(line, kFrameBytesMax);
  if (!json) return json.error();
  if (json.value().size() != 1) return bad("a frame has one member");
  if (const auto* out = cc::child(json.value(), "out"); out != nullptr && out->is_string()) {
    return Frame{Out{cc::text_of(*out)}};
  }
  if (const auto* err = cc::child(json.value(), "err"); err != nullptr && err->is_string()) {
    return Frame{Err{cc::text_of(*err)}};
  }
  const auto code = cc::integer(json.value(), "exit");
  if (code && *code >= 0 && *code <= kExitMax) return Frame{Exit{static_cast<int>(*code)}};
  return bad("a frame is out, err or exit");
}

std::vector<std::string_view> pieces(std::string_view text) {
  std::vector<std::string_view> out;
  while (text.size() > kFrameTextMax) {
    auto cut = kFrameTextMax;
    while (cut > kFrameTextMax - 4 && is_continuation(text[cut])) --cut;
    out.push_back(text.substr(0, cut));
    text.remove_prefix(cut);
  }
  if (!text.empty()) out.push_back(text);
  return out;
}

}  // namespace app::control
