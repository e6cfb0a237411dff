# An SMSC made with Net::SMPP, which knows nothing of us. It says on its output, one JSON object a line, what comes in,
# and does what its input says: `deliver ESM CODING HEX`, `receipt ID STAT`.
use strict;
use warnings;
use IO::Select;
use Net::SMPP;

$| = 1;
my $listen = Net::SMPP->new_listen('127.0.0.1', port => 0, smpp_version => 0x34, interface_version => 0x34)
  or die "can't listen: $!";
print '{"port":', $listen->sockport, "}\n";
my $link = $listen->accept or die "nobody came: $!";
my $ready = IO::Select->new(\*STDIN, $link);
my $sequence = 0;
my $number = 0x1a2b3c00;

sub told {
  my %of = @_;
  print '{', join(',', map { qq("$_":") . $of{$_} . '"' } sort keys %of), "}\n";
}

sub deliver {
  my ($esm, $coding, $octets) = @_;
  $link->deliver_sm(
    async => 1, seq => ++$sequence,
    source_addr_ton => 1, source_addr_npi => 1, source_addr => '8613912345678',
    dest_addr_ton => 0, dest_addr_npi => 1, destination_addr => '1069800001',
    esm_class => $esm, data_coding => $coding, short_message => $octets);
}

my %answers = (
  0x00000009 => sub {
    my ($pdu) = @_;
    told(command => 'bind', system_id => $pdu->{system_id}, version => $pdu->{interface_version});
    my $status = $pdu->{password} eq 'secret' ? 0 : 0x0e;
    $link->bind_transceiver_resp(system_id => 'perl', seq => $pdu->{seq}, status => $status);
  },
  0x00000004 => sub {
    my ($pdu) = @_;
    # In hex here, in decimal in the receipt: as many SMSCs do.
    my $id = sprintf '%X', ++$number;
    told(command => 'submit', id => $id, number => $number, to => $pdu->{destination_addr}, esm => $pdu->{esm_class},
      coding => $pdu->{data_coding}, registered => $pdu->{registered_delivery}, octets => unpack('H*', $pdu->{short_message}));
    $link->submit_sm_resp(message_id => $id, seq => $pdu->{seq});
  },
  0x00000015 => sub { $link->enquire_link_resp(seq => $_[0]{seq}) },
  0x80000005 => sub { told(command => 'delivered', seq => $_[0]{seq}, status => $_[0]{status}) },
  0x00000006 => sub { $link->unbind_resp(seq => $_[0]{seq}); told(command => 'unbind'); exit 0 },
);

while (1) {
  for my $from ($ready->can_read) {
    if ($from == $link) {
      my $pdu = $link->read_pdu or exit 1;
      my $answer = $answers{ $pdu->{cmd} };
      $answer->($pdu) if $answer;
    } else {
      # Unbuffered: select does not see what a buffer holds.
      my $line = '';
      while (sysread(STDIN, my $sign, 1)) { last if $sign eq "\n"; $line .= $sign }
      exit 0 if $line eq '';
      my ($what, @with) = split / /, $line;
      deliver($with[0], $with[1], pack('H*', $with[2])) if $what eq 'deliver';
      deliver(4, 0, sprintf 'id:%010d sub:001 dlvrd:001 submit date:2611260900 done date:2611260901 stat:%s err:000 text:', @with)
        if $what eq 'receipt';
    }
  }
}
