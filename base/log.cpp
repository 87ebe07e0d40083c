#include "base/log.h"

#include <fmt/format.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <mutex>

#include "base/clock.h"
#include "base/time_text.h"

namespace base {
namespace {

constexpr std::array<std::string_view, 13> kSensitiveParts = {
    "token",   "secret", "password", "key",        "sign",  "authorization", "cookie",
    "address", "phone",  "email",    "account_no", "buyer", "recipient"};

// Names that contain a sensitive part but hold none: our own words.
constexpr std::array<std::string_view, 2> kPlainNames = {"idempotency_key", "event_key"};

std::string_view level_name(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "info";
}

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

std::shared_ptr<spdlog::logger>& logger() {
  static std::shared_ptr<spdlog::logger> instance = [] {
    auto created = std::make_shared<spdlog::logger>(
        "nongsan", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    created->set_pattern("%v");
    created->set_level(spdlog::level::warn);
    return created;
  }();
  return instance;
}

}  // namespace

bool is_sensitive_field(std::string_view field_name) {
  std::string name(field_name);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (std::find(kPlainNames.begin(), kPlainNames.end(), name) != kPlainNames.end()) return false;
  return std::any_of(kSensitiveParts.begin(), kSensitiveParts.end(), [&](std::string_view part) {
    return name.find(part) != std::string_view::npos;
  });
}

std::string format_event(Level level, std::string_view event, std::initializer_list<Field> fields,
                         std::string_view timestamp) {
  std::string line = "{\"ts\":";
  append_json_string(line, timestamp);
  line += ",\"level\":";
  append_json_string(line, level_name(level));
  line += ",\"evt\":";
  append_json_string(line, event);
  for (const auto& field : fields) {
    line.push_back(',');
    append_json_string(line, field.name);
    line.push_back(':');
    if (is_sensitive_field(field.name)) {
      append_json_string(line, "***");
    } else if (field.number) {
      line += field.value;
    } else {
      append_json_string(line, field.value);
    }
  }
  line.push_back('}');
  return line;
}

void open_log(Level least, const std::string& path) {
  std::shared_ptr<spdlog::sinks::sink> sink;
  if (path.empty()) {
    sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  } else {
    sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path, /*truncate=*/false);
  }
  auto created = std::make_shared<spdlog::logger>("nongsan", std::move(sink));
  created->set_pattern("%v");
  created->set_level(to_spdlog(least));
  created->flush_on(spdlog::level::info);
  logger() = std::move(created);
}

void log_event(Level level, std::string_view event, std::initializer_list<Field> fields) {
  const auto spd_level = to_spdlog(level);
  if (!logger()->should_log(spd_level)) return;
  logger()->log(spd_level, "{}", format_event(level, event, fields, utc_iso(SystemClock{}.now())));
}

}  // namespace base
