#pragma once
// One JSON line per event, on stderr or in a file (spdlog). Fields are allow-listed by the caller;
// a field whose name looks like a secret or a buyer's datum is written as "***" whatever it holds.
//
//   log_event(Level::info, "order_ingested", {{"channel", "shopee"}, {"order", order_sn}});
//
// Threads: safe once open_log() returned.
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace base {

enum class Level { debug, info, warning, error };

struct Field {
  Field(std::string_view field_name, std::string_view field_value)
      : name(field_name), value(field_value) {}
  Field(std::string_view field_name, const std::string& field_value)
      : name(field_name), value(field_value) {}
  Field(std::string_view field_name, const char* field_value)
      : name(field_name), value(field_value) {}
  Field(std::string_view field_name, long long field_value)
      : name(field_name), value(std::to_string(field_value)), number(true) {}
  std::string name;
  std::string value;
  bool number = false;
};

// Empty path: stderr. Call once, from main.
void open_log(Level least, const std::string& path);
void log_event(Level level, std::string_view event, std::initializer_list<Field> fields);
// True when a field of this name must never be written out.
bool is_sensitive_field(std::string_view name);
// The line that log_event writes, for tests.
std::string format_event(Level level, std::string_view event, std::initializer_list<Field> fields,
                         std::string_view timestamp);

}  // namespace base
