// SPDX-License-Identifier: MIT
//
// A program for the tests: one transfer, whose state it keeps in a file, and what it came to, as
// lines on stdout.
//
//   fetch STATE URL TARGET [range=OFFSET:LENGTH|OFFSET:] [header=NAME:VALUE] [timeout=MS]
//         [when-challenged=NAME:VALUE] [by-range] [asks-size] [known-size=BYTES]
//         [longest-piece=BYTES] [stop=MS] [stop-at=BYTES] [lose-at=BYTES] [tries=N]
//   complete STATE TARGET
//   cancel STATE
//   attributes PATH
//   pauses FIRST LONGEST COUNT
//   trust CERTIFICATE
//   distrust CERTIFICATE

#include <windows.h>
// After windows.h.
#include <psapi.h>

#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "stand-in/transfer/back_off.h"
#include "stand-in/transfer/driver/kept_state.h"
#include "stand-in/transfer/driver/trust.h"
#include "stand-in/transfer/temporary_file.h"

namespace dosvc_stand_in {
namespace {

struct Options {
  std::wstring state;
  FileSource source;
  std::wstring target;
  HttpOptions http;
  Limits limits;
  std::uint64_t stop_at = kUnknownSize;
  // In milliseconds, counted from `stop_at` if that is given.
  std::uint64_t stop_after = kUnknownSize;
  std::uint64_t lose_at = kUnknownSize;
  int tries = 1;
};

void Say(const char* what, const std::wstring& text) {
  const auto size = static_cast<int>(text.size());
  std::string utf8(text.size() * 3, '\0');
  const auto length = static_cast<int>(utf8.size());
  utf8.resize(
      WideCharToMultiByte(CP_UTF8, 0, text.data(), size, utf8.data(), length, nullptr, nullptr));
  std::printf("%s %s\n", what, utf8.c_str());
  std::fflush(stdout);
}

int SayHresult(HRESULT hr) {
  std::printf("hresult %08lX\n", static_cast<unsigned long>(hr));
  return 0;
}

class Keeper final : public TransferEvents {
 public:
  // Requests `reached` once the transfer has come to `stop_at`.
  Keeper(const Options& options, KeptState& kept, Stop& reached)
      : options_(options), kept_(kept), reached_(reached) {}

  void Answered(const FileState& state, const std::wstring& headers) override {
    Say("answered", std::to_wstring(state.done));
    Say("status", headers.substr(0, headers.find(L'\r')));
    Progressed(state);
  }
  void Progressed(const FileState& state) override {
    kept_.file = state;
    if (!Keep(options_.state, kept_)) Say("unkept", options_.state);
    if (state.done >= options_.stop_at) reached_.Request();
  }
  bool NetworkLost() override { return kept_.file.done >= options_.lose_at; }

 private:
  const Options& options_;
  KeptState& kept_;
  Stop& reached_;
};

const wchar_t* NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kDone:
      return L"done";
    case Outcome::kStopped:
      return L"stopped";
    case Outcome::kTransient:
      return L"transient";
    default:
      return L"failed";
  }
}

int RunFetch(Options options) {
  auto kept = ReadKept(options.state).value_or(KeptState{});
  if (kept.temporary_path.empty()) {
    const auto created = TemporaryFile::Create(options.target, kept.temporary_path);
    if (FAILED(created)) return SayHresult(created);
    if (!Keep(options.state, kept)) return 1;
  }
  options.source.temporary_path = kept.temporary_path;
  Say("temporary", kept.temporary_path);
  const auto hidden = GetFileAttributesW(kept.temporary_path.c_str()) & FILE_ATTRIBUTE_HIDDEN;
  Say("hidden", hidden ? L"yes" : L"no");

  Stop stop;
  Stop reached;
  const bool later = options.stop_after != kUnknownSize;
  std::thread stopper([&] {
    if (!later) return;
    if (options.stop_at != kUnknownSize) reached.WaitFor(std::chrono::hours(1));
    if (!stop.WaitFor(std::chrono::milliseconds(options.stop_after))) stop.Request();
  });
  Keeper keeper(options, kept, later ? reached : stop);
  BackOff back_off(std::chrono::milliseconds(50), std::chrono::milliseconds(400));
  Result result;
  auto state = kept.file;
  for (int tries = 0; tries < options.tries; ++tries) {
    const auto before = state.done;
    result = Fetch(options.source, state, options.limits, options.http, keeper, stop);
    if (result.outcome != Outcome::kTransient) break;
    Say("transient", std::to_wstring(state.done));
    if (state.done > before) back_off.Reset();
    if (tries + 1 < options.tries && stop.WaitFor(back_off.Next())) break;
  }
  stop.Request();
  reached.Request();
  stopper.join();
  Say("outcome", NameOf(result.outcome));
  SayHresult(result.error);
  Say("local", result.local ? L"yes" : L"no");
  Say("done", std::to_wstring(state.done));
  Say("total", std::to_wstring(state.total));
  Say("size", std::to_wstring(state.remote_size));
  Say("etag", state.etag);
  Say("url", state.final_url);
  PROCESS_MEMORY_COUNTERS memory{};
  GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof(memory));
  Say("memory", std::to_wstring(memory.PeakWorkingSetSize));
  return 0;
}

// "NAME=VALUE"
bool IsOption(const std::wstring& argument, const std::wstring& name, std::wstring& value) {
  if (argument.compare(0, name.size() + 1, name + L"=") != 0) return false;
  value = argument.substr(name.size() + 1);
  return true;
}

Headers::value_type HeaderIn(const std::wstring& text) {
  const auto colon = text.find(L':');
  return {text.substr(0, colon), text.substr(colon + 1)};
}

bool Read(const std::wstring& argument, Options& options) {
  std::wstring value;
  if (IsOption(argument, L"range", value)) {
    const auto colon = value.find(L':');
    const auto length = value.substr(colon + 1);
    options.source.ranges.push_back(
        {std::stoull(value.substr(0, colon)), length.empty() ? kToEnd : std::stoull(length)});
  } else if (IsOption(argument, L"header", value)) {
    options.http.headers.push_back(HeaderIn(value));
  } else if (IsOption(argument, L"when-challenged", value)) {
    options.http.when_challenged.push_back(HeaderIn(value));
  } else if (argument == L"by-range") {
    options.source.by_range = true;
  } else if (argument == L"asks-size") {
    options.source.asks_size = true;
  } else if (IsOption(argument, L"known-size", value)) {
    options.source.known_size = std::stoull(value);
  } else if (IsOption(argument, L"longest-piece", value)) {
    options.source.longest_piece = std::stoull(value);
  } else if (IsOption(argument, L"timeout", value)) {
    options.limits.no_progress = std::chrono::milliseconds(std::stoull(value));
  } else if (IsOption(argument, L"stop", value)) {
    options.stop_after = std::stoull(value);
  } else if (IsOption(argument, L"stop-at", value)) {
    options.stop_at = std::stoull(value);
  } else if (IsOption(argument, L"lose-at", value)) {
    options.lose_at = std::stoull(value);
  } else if (IsOption(argument, L"tries", value)) {
    options.tries = std::stoi(value);
  } else {
    return false;
  }
  return true;
}

int RunPauses(const std::vector<std::wstring>& arguments) {
  BackOff back_off(BackOff::Time(std::stoull(arguments.at(1))),
                   BackOff::Time(std::stoull(arguments.at(2))));
  for (auto count = std::stoi(arguments.at(3)); count > 0; --count) {
    Say("pause", std::to_wstring(back_off.Next().count()));
  }
  back_off.Reset();
  Say("reset", std::to_wstring(back_off.Next().count()));
  return 0;
}

int RunAttributes(const std::wstring& path) {
  const auto attributes = GetFileAttributesW(path.c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return 1;
  Say("attribute", L"there");
  if (attributes & FILE_ATTRIBUTE_HIDDEN) Say("attribute", L"hidden");
  return 0;
}

int Run(const std::vector<std::wstring>& arguments) {
  const auto& command = arguments.at(0);
  if (command == L"attributes") return RunAttributes(arguments.at(1));
  if (command == L"trust") return Trust(arguments.at(1), true) ? 0 : 1;
  if (command == L"distrust") return Trust(arguments.at(1), false) ? 0 : 1;
  if (command == L"pauses") return RunPauses(arguments);
  Options options;
  options.http.user_agent = L"dosvc-test";
  options.state = arguments.at(1);
  if (command == L"fetch") {
    options.source.url = arguments.at(2);
    options.target = arguments.at(3);
    for (std::size_t at = 4; at < arguments.size(); ++at) {
      if (!Read(arguments[at], options)) return 1;
    }
    return RunFetch(std::move(options));
  }
  const auto kept = ReadKept(options.state);
  if (!kept) return 1;
  if (command == L"complete") {
    return SayHresult(TemporaryFile::Publish(kept->temporary_path, arguments.at(2), true));
  }
  if (command == L"cancel") return SayHresult(TemporaryFile::Discard(kept->temporary_path));
  return 1;
}

}  // namespace
}  // namespace dosvc_stand_in

int wmain(int count, wchar_t** values) {
  return dosvc_stand_in::Run(std::vector<std::wstring>(values + 1, values + count));
}
