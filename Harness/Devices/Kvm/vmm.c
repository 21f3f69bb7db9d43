/*
 * The virtual machine monitor of device `kvm`: one VM with virtual EL2 that runs the executive of the suite.
 *
 * As PID 1 of an initramfs it is started by a kernel that runs in an emulator, whose host reaches all memory: it says on the
 * console where the pages of its guest are. As a program on an arm64 machine it maps its guest from a file that both sides
 * have open:
 *
 *     vmm vhe|e2h0 FILE
 *
 * Talk with the host is in the first page of the control area (struct control): the host writes a command and counts
 * `asked` up, the monitor does it and copies `asked` to `answered`. Built static; needs nothing but the kernel.
 */
#define _GNU_SOURCE
#include <asm/kvm.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

/* Younger than the headers of the compilers this is built with. */
#define CAP_ARM_EL2 240
#define CAP_ARM_EL2_E2H0 241
#define VCPU_HAS_EL2 7
#define VCPU_HAS_EL2_E2H0 8
#define VGIC_GRP_MAINT_IRQ 9

#define RAM_BASE 0x40000000ull
#define RAM_SIZE 0x08000000ull
#define HUGE 0x200000ull
#define STAGING 0x100000 /* offset in the control area of bytes on their way into the guest */
#define TICK_USEC 40000  /* how long the guest runs before the monitor looks for a command */

#define GICD_BASE 0x08000000ull
#define GICR_BASE 0x080a0000ull
#define MAINTENANCE_IRQ 25
#define INTERRUPTS 256

enum command { STOP = 1, START = 2, COPY = 3 };
enum state { IDLE = 0, RUNNING = 1, EXITED = 2 };

struct control {
	volatile uint64_t asked, answered, command, address, length, state;
	volatile char text[1024]; /* why the guest stopped, or where it was; zero-terminated */
};

static struct control *control;
static uint8_t *ram;
static int vm, vcpu, gic;
static struct kvm_run *run;
static struct kvm_vcpu_init init;

static void say(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf((char *)control->text, sizeof control->text, format, arguments);
	va_end(arguments);
}

/* What stops the monitor before it has a guest: one line for the host, then the end of the machine. */
static void die(const char *what, int error)
{
	printf("conformance: unavailable: %s%s%s\n", what, error ? ": " : "", error ? strerror(error) : "");
	fflush(stdout);
	if (getpid() == 1) {
		sync();
		reboot(RB_POWER_OFF);
	}
	exit(1);
}

static uint64_t reg(uint64_t id)
{
	uint64_t value = 0;
	struct kvm_one_reg one = { .id = id, .addr = (uintptr_t)&value };

	ioctl(vcpu, KVM_GET_ONE_REG, &one);
	return value;
}

static void set_reg(uint64_t id, uint64_t value)
{
	struct kvm_one_reg one = { .id = id, .addr = (uintptr_t)&value };

	if (ioctl(vcpu, KVM_SET_ONE_REG, &one) < 0)
		die("KVM_SET_ONE_REG", errno);
}

#define CORE(field) (KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | (offsetof(struct kvm_regs, field) / 4))

static void where(const char *why)
{
	say("%s, PC=0x%llx, PSTATE=0x%llx", why, (unsigned long long)reg(CORE(regs.pc)), (unsigned long long)reg(CORE(regs.pstate)));
}

static int gic_attribute(uint32_t group, uint64_t attribute, void *value)
{
	struct kvm_device_attr request = { .group = group, .attr = attribute, .addr = (uintptr_t)value };

	return ioctl(gic, KVM_SET_DEVICE_ATTR, &request);
}

static void gic_write(uint32_t group, uint64_t attribute, uint32_t value)
{
	gic_attribute(group, attribute, &value);
}

/* A register of the CPU interface of vCPU 0, named by CRn, CRm and op2 as in the encodings of ICC_*_EL1; op0 is 3 and op1 0. */
static void icc_write(unsigned int crn, unsigned int crm, unsigned int op2, uint64_t value)
{
	gic_attribute(KVM_DEV_ARM_VGIC_GRP_CPU_SYSREGS, 3u << 14 | crn << 7 | crm << 3 | op2, &value);
}

/* ICC_CTLR_EL1 takes only values with its read-only fields as they are. */
static void reset_icc_ctlr(void)
{
	uint64_t value = 0;
	struct kvm_device_attr get = {
		.group = KVM_DEV_ARM_VGIC_GRP_CPU_SYSREGS, .attr = 3u << 14 | 12u << 7 | 12u << 3 | 4u, .addr = (uintptr_t)&value,
	};

	if (ioctl(gic, KVM_GET_DEVICE_ATTR, &get) == 0)
		icc_write(12, 12, 4, value & ~3ull); /* EOImode, CBPR */
}

/*
 * What an earlier guest left in the GIC, which the reset of a vCPU leaves alone. The CPU interface: no group enabled, nothing
 * active. The distributor: nothing enabled, pending or active, no group.
 */
static void reset_gic(void)
{
	icc_write(12, 12, 6, 0);  /* ICC_IGRPEN0_EL1 */
	icc_write(12, 12, 7, 0);  /* ICC_IGRPEN1_EL1 */
	icc_write(4, 6, 0, 0);    /* ICC_PMR_EL1 */
	icc_write(12, 8, 3, 0);   /* ICC_BPR0_EL1 */
	icc_write(12, 12, 3, 0);  /* ICC_BPR1_EL1 */
	icc_write(12, 8, 4, 0);   /* ICC_AP0R0_EL1 */
	icc_write(12, 9, 0, 0);   /* ICC_AP1R0_EL1 */
	reset_icc_ctlr();
	gic_write(KVM_DEV_ARM_VGIC_GRP_DIST_REGS, 0x0000, 0);
	for (uint32_t word = 0; word < INTERRUPTS / 32; word++) {
		/* Word 0 belongs to the redistributor, whose SGI frame follows its RD frame by 64 KiB. */
		uint32_t group = word ? KVM_DEV_ARM_VGIC_GRP_DIST_REGS : KVM_DEV_ARM_VGIC_GRP_REDIST_REGS;
		uint64_t at = word ? 4 * word : 0x10000;

		gic_write(group, at + 0x180, ~0u);
		gic_write(group, at + 0x280, ~0u);
		gic_write(group, at + 0x380, ~0u);
		gic_write(group, at + 0x080, 0);
	}
}

/* A kernel that says some things only once says them again after this. */
static void forget_warnings(void)
{
	int fd = open(getpid() == 1 ? "/debug/clear_warn_once" : "/sys/kernel/debug/clear_warn_once", O_WRONLY);

	if (fd < 0)
		return;
	if (write(fd, "1", 1) != 1)
		printf("conformance: clear_warn_once: %s\n", strerror(errno));
	close(fd);
}

static void start(uint64_t entry)
{
	forget_warnings();
	reset_gic();
	if (ioctl(vcpu, KVM_ARM_VCPU_INIT, &init) < 0)
		die("KVM_ARM_VCPU_INIT again", errno);
	set_reg(CORE(regs.pc), entry);
	control->state = RUNNING;
}

/* Written here, so that an emulator sees its translations of old code go stale, and a CPU its instruction cache. */
static void copy_in(uint64_t address, uint64_t length)
{
	if (address < RAM_BASE || length > HUGE - STAGING || address - RAM_BASE > RAM_SIZE - length)
		return;
	memcpy(ram + (address - RAM_BASE), (uint8_t *)control + STAGING, length);
	__builtin___clear_cache((char *)ram + (address - RAM_BASE), (char *)ram + (address - RAM_BASE) + length);
}

/* Does what the host asked for, if it asked. */
static void serve(void)
{
	uint64_t asked = control->asked;

	if (asked == control->answered)
		return;
	__sync_synchronize();
	switch (control->command) {
	case START:
		start(control->address);
		break;
	case STOP:
		if (control->state == RUNNING) {
			where("stopped");
			control->state = IDLE;
		}
		break;
	case COPY:
		copy_in(control->address, control->length);
		break;
	}
	__sync_synchronize();
	control->answered = asked;
}

static void leave(void)
{
	__sync_synchronize();
	control->state = EXITED;
}

/* An address behind which nothing is: the bus answers with an External abort. */
static void external_abort(void)
{
	struct kvm_vcpu_events events = { .exception.ext_dabt_pending = 1 };

	if (ioctl(vcpu, KVM_SET_VCPU_EVENTS, &events) < 0) {
		say("KVM_SET_VCPU_EVENTS: %s", strerror(errno));
		leave();
	}
}

static void run_guest(void)
{
	char why[200];
	struct itimerval once = { .it_value = { 0, TICK_USEC } };

	/* From here each time, not at intervals: a machine so slow that an interval is over on the way in would stay out. */
	setitimer(ITIMER_REAL, &once, NULL);
	if (ioctl(vcpu, KVM_RUN, 0) < 0) {
		if (errno == EINTR || errno == EAGAIN)
			return;
		snprintf(why, sizeof why, "KVM_RUN: %s", strerror(errno));
		where(why);
		leave();
		return;
	}
	switch (run->exit_reason) {
	case KVM_EXIT_INTR:
		return;
	case KVM_EXIT_MMIO:
	case KVM_EXIT_ARM_NISV:
		external_abort();
		return;
	case KVM_EXIT_SYSTEM_EVENT:
		snprintf(why, sizeof why, "the guest asked for system event %u", run->system_event.type);
		break;
	case KVM_EXIT_INTERNAL_ERROR:
		snprintf(why, sizeof why, "KVM exit: internal error %u", run->internal.suberror);
		break;
	case KVM_EXIT_FAIL_ENTRY:
		snprintf(why, sizeof why, "KVM exit: entry failed, reason 0x%llx",
			 (unsigned long long)run->fail_entry.hardware_entry_failure_reason);
		break;
	default:
		snprintf(why, sizeof why, "KVM exit %u", run->exit_reason);
		break;
	}
	where(why);
	leave();
}

static void make_gic(void)
{
	struct kvm_create_device device = { .type = KVM_DEV_TYPE_ARM_VGIC_V3 };
	uint64_t distributor = GICD_BASE, redistributors = GICR_BASE;
	uint32_t interrupts = INTERRUPTS, maintenance = MAINTENANCE_IRQ;

	if (ioctl(vm, KVM_CREATE_DEVICE, &device) < 0)
		die("no GICv3 for guests", errno);
	gic = device.fd;
	if (gic_attribute(KVM_DEV_ARM_VGIC_GRP_ADDR, KVM_VGIC_V3_ADDR_TYPE_DIST, &distributor) < 0
	    || gic_attribute(KVM_DEV_ARM_VGIC_GRP_ADDR, KVM_VGIC_V3_ADDR_TYPE_REDIST, &redistributors) < 0
	    || gic_attribute(KVM_DEV_ARM_VGIC_GRP_NR_IRQS, 0, &interrupts) < 0
	    || gic_attribute(VGIC_GRP_MAINT_IRQ, 0, &maintenance) < 0
	    || gic_attribute(KVM_DEV_ARM_VGIC_GRP_CTRL, KVM_DEV_ARM_VGIC_CTRL_INIT, NULL) < 0)
		die("the GICv3 for guests cannot be set up", errno);
}

static void make_vm(int e2h0)
{
	int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC), bits = ioctl(kvm, KVM_CHECK_EXTENSION, KVM_CAP_ARM_VM_IPA_SIZE);
	struct kvm_userspace_memory_region slot = {
		.guest_phys_addr = RAM_BASE, .memory_size = RAM_SIZE, .userspace_addr = (uintptr_t)ram,
	};
	struct kvm_enable_cap nisv = { .cap = KVM_CAP_ARM_NISV_TO_USER };

	if (kvm < 0)
		die("/dev/kvm", errno);
	if (ioctl(kvm, KVM_CHECK_EXTENSION, CAP_ARM_EL2) <= 0)
		die("this KVM offers no virtual EL2 (no FEAT_NV2, or no kvm-arm.mode=nested)", 0);
	if (e2h0 && ioctl(kvm, KVM_CHECK_EXTENSION, CAP_ARM_EL2_E2H0) <= 0)
		die("this KVM offers no virtual EL2 with E2H = 0", 0);
	/* All address bits of the PE: KVM answers an address between the VM's size and the PE's with an External abort. */
	vm = ioctl(kvm, KVM_CREATE_VM, bits > 0 ? KVM_VM_TYPE_ARM_IPA_SIZE(bits) : 0);
	if (vm < 0)
		die("KVM_CREATE_VM", errno);
	if (ioctl(vm, KVM_SET_USER_MEMORY_REGION, &slot) < 0)
		die("KVM_SET_USER_MEMORY_REGION", errno);
	ioctl(vm, KVM_ENABLE_CAP, &nisv);
	vcpu = ioctl(vm, KVM_CREATE_VCPU, 0);
	if (vcpu < 0)
		die("KVM_CREATE_VCPU", errno);
	if (ioctl(vm, KVM_ARM_PREFERRED_TARGET, &init) < 0)
		die("KVM_ARM_PREFERRED_TARGET", errno);
	init.features[0] |= 1u << KVM_ARM_VCPU_PSCI_0_2 | 1u << VCPU_HAS_EL2 | (e2h0 ? 1u << VCPU_HAS_EL2_E2H0 : 0);
	if (ioctl(kvm, KVM_CHECK_EXTENSION, KVM_CAP_ARM_PTRAUTH_ADDRESS) > 0)
		init.features[0] |= 1u << KVM_ARM_VCPU_PTRAUTH_ADDRESS | 1u << KVM_ARM_VCPU_PTRAUTH_GENERIC;
	if (ioctl(vcpu, KVM_ARM_VCPU_INIT, &init) < 0)
		die("KVM_ARM_VCPU_INIT", errno);
	run = mmap(NULL, ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0), PROT_READ | PROT_WRITE, MAP_SHARED, vcpu, 0);
	if (run == MAP_FAILED)
		die("the vCPU's page", errno);
	make_gic();
}

/* Where the huge pages of the guest and the control area are in the memory of this machine, for a host that sees it. */
static void tell_pages(void)
{
	int map = open("/proc/self/pagemap", O_RDONLY);

	printf("conformance: pages");
	for (uint64_t at = 0; at < RAM_SIZE + HUGE; at += HUGE) {
		uint64_t entry = 0;

		if (pread(map, &entry, 8, ((uintptr_t)ram + at) / 4096 * 8) != 8 || !(entry >> 63))
			die("/proc/self/pagemap", errno);
		printf(" %llx", (unsigned long long)(entry << 9 >> 9) * 4096);
	}
	printf("\n");
	close(map);
}

/* The guest's memory, and behind it the control area. */
static void map_memory(const char *file)
{
	int flags = MAP_SHARED | MAP_POPULATE, fd = -1;

	if (file) {
		fd = open(file, O_RDWR);
		if (fd < 0)
			die(file, errno);
	} else {
		flags |= MAP_ANONYMOUS | MAP_HUGETLB;
	}
	ram = mmap(NULL, RAM_SIZE + HUGE, PROT_READ | PROT_WRITE, flags, fd, 0);
	if (ram == MAP_FAILED)
		die("memory for the guest", errno);
	control = (struct control *)(ram + RAM_SIZE);
}

static void mount_files(void)
{
	mount("proc", "/proc", "proc", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("debugfs", "/debug", "debugfs", 0, NULL);
}

static void tick(int signal)
{
	(void)signal; /* its purpose is to end KVM_RUN */
}

static void hear_alarms(void)
{
	struct sigaction action = { .sa_handler = tick };

	sigaction(SIGALRM, &action, NULL);
}

int main(int count, char **arguments)
{
	int e2h0 = count > 1 && !strcmp(arguments[1], "e2h0");
	const char *file = count > 2 ? arguments[2] : NULL;
	struct utsname name;

	if (getpid() == 1)
		mount_files();
	map_memory(file);
	make_vm(e2h0);
	uname(&name);
	printf("conformance: kernel %s\n", name.release);
	if (!file)
		tell_pages();
	printf("conformance: ready\n");
	fflush(stdout);
	hear_alarms();
	pid_t parent = getppid();
	while (getppid() == parent) { /* a guest that nobody watches any more would spin for ever */
		serve();
		if (control->state == RUNNING)
			run_guest();
		else
			nanosleep(&(struct timespec){ .tv_nsec = 500000 }, NULL);
	}
}
