/** Asks before the keys are forgotten, and says what stays. */
import { Modal, Text } from "@shopify/polaris";

type DisconnectModalProps = { open: boolean; onClose: () => void; onDisconnect: () => void };

export function DisconnectModal({ open, onClose, onDisconnect }: DisconnectModalProps) {
  return (
    <Modal
      open={open}
      onClose={onClose}
      title="Disconnect Customer.io?"
      primaryAction={{ content: "Disconnect", destructive: true, onAction: onDisconnect }}
      secondaryActions={[{ content: "Keep connected", onAction: onClose }]}
    >
      <Modal.Section>
        <Text as="p">
          Ringtrue forgets the keys and goes back to observing: it keeps hearing your shop and
          writes nothing more. What it wrote to your workspace stays there. To write again, enter
          the keys anew.
        </Text>
      </Modal.Section>
    </Modal>
  );
}
