#pragma once
// Every reader of people's files, fed with any bytes: what they promise is checked here, and a
// broken promise aborts. Shared by the seeded test and the libFuzzer targets. Threads: safe.
#include <string>

namespace fuzz {

struct Outcome {
  bool orders = false;  // an order came out
  bool ticks = false;   // a tick came out
  bool xml = false;     // a whole XML document was read
};

void read_order_bytes(const std::string& bytes, Outcome& out);
void read_ticked_bytes(const std::string& bytes, Outcome& out);
void read_xml_bytes(const std::string& bytes, Outcome& out);

}  // namespace fuzz
