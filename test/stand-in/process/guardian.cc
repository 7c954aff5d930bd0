// SPDX-License-Identifier: MIT

#include "stand-in/process/guardian.h"

#include <objbase.h>

#include <utility>
#include <vector>

#include "stand-in/com/gone.h"
#include "stand-in/process/own_path.h"
#include "stand-in/process/service_log.h"

namespace dosvc_stand_in {
namespace {

using dosvc::com::ComPtr;

constexpr DWORD kEndMilliseconds = 5'000;
constexpr std::uint32_t kLongestFactory = 1 << 16;
// Indexed by class, as in worker.h.
constexpr const wchar_t* kClassNames[kClasses] = {L"manager", L"control"};

bool Hear(HANDLE output, void* bytes, std::uint32_t size) {
  auto* at = static_cast<char*>(bytes);
  while (size > 0) {
    DWORD read = 0;
    if (!ReadFile(output, at, size, &read, nullptr) || read == 0) return false;
    at += read;
    size -= read;
  }
  return true;
}

// Reads a class factory that the worker has marshaled into its pipe.
HRESULT TakeFactory(HANDLE output, ComPtr<IClassFactory>& factory) {
  std::uint32_t size = 0;
  if (!Hear(output, &size, sizeof(size)) || size > kLongestFactory) return CO_E_SERVER_EXEC_FAILURE;
  std::vector<char> bytes(size);
  if (!Hear(output, bytes.data(), size)) return CO_E_SERVER_EXEC_FAILURE;
  ComPtr<IStream> stream;
  HRESULT hr = CreateStreamOnHGlobal(nullptr, TRUE, stream.GetAddressOf());
  if (SUCCEEDED(hr)) hr = stream->Write(bytes.data(), size, nullptr);
  if (SUCCEEDED(hr)) hr = stream->Seek({}, STREAM_SEEK_SET, nullptr);
  if (FAILED(hr)) return hr;
  auto* const slot = reinterpret_cast<void**>(factory.GetAddressOf());
  return CoUnmarshalInterface(stream.Get(), IID_IClassFactory, slot);
}

// Creates a pipe. The child inherits the end that is not `own`.
bool MakePipe(HANDLE& read, HANDLE& write, HANDLE& own) {
  SECURITY_ATTRIBUTES inherited = {sizeof(inherited), nullptr, TRUE};
  if (!CreatePipe(&read, &write, &inherited, 0)) return false;
  return SetHandleInformation(own, HANDLE_FLAG_INHERIT, 0);
}

void Close(HANDLE handle) {
  if (handle) CloseHandle(handle);
}

// The process is about to end: the worker's pipe is closed, or the worker was terminated.
void LogDeath(HANDLE process, DWORD id) {
  WaitForSingleObject(process, kEndMilliseconds);
  DWORD code = 0;
  GetExitCodeProcess(process, &code);
  Log(L"worker %lu is dead, exit code 0x%08lX", id, code);
}

}  // namespace

// The process handle stays open: as long as a handle is open, no other process gets the same ID.
// Wine identifies a process by its ID, and would take a new process for the dead one that had the
// ID before.
Guardian::Worker::~Worker() {
  for (const HANDLE handle : {input, output}) Close(handle);
}

HRESULT Guardian::CreateInstance(std::size_t index, REFIID iid, void** object) {
  const HRESULT hr = Instance(index, iid, object);
  if (FAILED(hr)) Log(L"activation of the %ls failed: 0x%08lX", kClassNames[index], hr);
  return hr;
}

HRESULT Guardian::Instance(std::size_t index, REFIID iid, void** object) {
  for (bool again = false;; again = true) {
    std::shared_ptr<Worker> worker;
    HRESULT hr = Current(worker);
    if (FAILED(hr)) return hr;
    hr = worker->factories[index]->CreateInstance(nullptr, iid, object);
    if (!IsGone(hr) || again) return hr;
    // The worker is dying, or has just died.
    WaitForSingleObject(worker->process, kEndMilliseconds);
  }
}

HRESULT Guardian::Current(std::shared_ptr<Worker>& worker) {
  const std::lock_guard lock(mutex_);
  if (ended_) return CO_E_SERVER_STOPPING;
  if (!worker_ || !worker_->Alive()) {
    if (worker_ && worker_->listener.joinable()) {
      worker_->listener.join();
      not_before_ = Clock::now() + std::chrono::milliseconds(worker_->pause);
    }
    // The error that clients get from a service that is restarting.
    if (Clock::now() < not_before_) return HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE);
    auto fresh = std::make_shared<Worker>();
    if (worker_) fresh->gather = worker_->gather;
    const HRESULT hr = Start(*fresh);
    if (FAILED(hr)) {
      Log(L"start of a worker failed: 0x%08lX", hr);
      return hr;
    }
    worker_ = std::move(fresh);
    worker_->listener = std::thread([heard = worker_.get()] {
      for (LastingValue said; Hear(heard->output, &said, sizeof(said));) {
        (said.what == Lasting::kGather ? heard->gather : heard->pause) = said.value;
      }
      LogDeath(heard->process, heard->id);
    });
  }
  worker = worker_;
  return S_OK;
}

HRESULT Guardian::Start(Worker& worker) const {
  HANDLE childs_input = nullptr;
  HANDLE childs_output = nullptr;
  if (!MakePipe(childs_input, worker.input, worker.input) ||
      !MakePipe(worker.output, childs_output, worker.output)) {
    return HRESULT_FROM_WIN32(GetLastError());
  }
  const auto program = OwnPath();
  std::wstring command = L"\"" + program + L"\" work --store \"" + store_ + L"\" --gather " +
                         std::to_wstring(worker.gather);
  STARTUPINFOW start = {};
  start.cb = sizeof(start);
  start.dwFlags = STARTF_USESTDHANDLES;
  start.hStdInput = childs_input;
  start.hStdOutput = childs_output;
  PROCESS_INFORMATION made = {};
  const BOOL done = CreateProcessW(program.c_str(),
                                   command.data(),
                                   nullptr,
                                   nullptr,
                                   TRUE,
                                   DETACHED_PROCESS,
                                   nullptr,
                                   nullptr,
                                   &start,
                                   &made);
  HRESULT hr = done ? S_OK : HRESULT_FROM_WIN32(GetLastError());
  // From here on, only the worker holds its ends, so its death ends what the listener reads.
  Close(childs_input);
  Close(childs_output);
  Close(made.hThread);
  worker.process = made.hProcess;
  worker.id = made.dwProcessId;
  if (done) Log(L"worker %lu started", worker.id);
  for (auto& factory : worker.factories) {
    if (SUCCEEDED(hr)) hr = TakeFactory(worker.output, factory);
  }
  if (FAILED(hr) && worker.process) {
    TerminateProcess(worker.process, 1);
    LogDeath(worker.process, worker.id);
  }
  return hr;
}

void Guardian::End() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  if (!worker_) return;
  TerminateProcess(worker_->process, 0);
  WaitForSingleObject(worker_->process, kEndMilliseconds);
}

}  // namespace dosvc_stand_in
